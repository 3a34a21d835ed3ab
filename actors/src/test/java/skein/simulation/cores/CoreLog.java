package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * A log, its snapshots and the state that follows from them, in memory: positions, chained checksums, an end that is
 * not on disk yet, a beginning that was dropped. What a database means to the cores, and nothing else of it.
 */
final class CoreLog {
    private final UUID id;
    private final List<CoreRecord> entries = new ArrayList<>();
    private final List<LogPosition> reigns = new ArrayList<>();
    /** What every applied record says, by lsn from 1: the graph. */
    private final List<Long> state = new ArrayList<>();
    /** Oldest first. */
    private final List<CoreSnapshot> snapshots = new ArrayList<>();
    /** Records that were dropped, applied or not, are kept here. */
    private final List<CoreRecord> sideFile = new ArrayList<>();
    /** The last record that is no longer kept. */
    private LogPosition start = LogPosition.START;

    private long durableLsn;
    private long markLsn;
    private long forcedMarkLsn;
    private long decidedLsn;
    private long settledLsn;
    private boolean full;
    private long changes;
    private @Nullable CoreIncoming incoming;

    CoreLog(UUID id) {
        this.id = id;
    }

    UUID id() {
        return id;
    }

    /** The last record that was dropped from its beginning. */
    LogPosition start() {
        return start;
    }

    LogPosition end() {
        return entries.isEmpty() ? start : entries.getLast().position();
    }

    long durableLsn() {
        return durableLsn;
    }

    long decidedLsn() {
        return decidedLsn;
    }

    long appliedLsn() {
        return state.size();
    }

    long settledLsn() {
        return settledLsn;
    }

    /** Oldest first, also those of records that were dropped. */
    List<LogPosition> reigns() {
        return List.copyOf(reigns);
    }

    LogReport report(int reignsMax) {
        List<LogPosition> newestFirst = reigns.reversed();
        return new LogReport(
                end(),
                decidedLsn,
                settledLsn,
                List.copyOf(newestFirst.subList(0, Math.min(reignsMax, newestFirst.size()))));
    }

    /** @param lsn above {@link #start} */
    CoreRecord entry(long lsn) {
        return entries.get(Math.toIntExact(lsn - start.lsn() - 1));
    }

    /** What a record said that is applied. */
    long value(long lsn) {
        return state.get(Math.toIntExact(lsn - 1));
    }

    Optional<LogPosition> positionOf(long lsn) {
        if (lsn == start.lsn()) {
            return Optional.of(start);
        }
        return lsn < start.lsn() || lsn > end().lsn()
                ? Optional.empty()
                : Optional.of(entry(lsn).position());
    }

    /** Also when the record itself was dropped, as far as its reign tells. */
    boolean holds(LogPosition position) {
        if (position.lsn() < start.lsn()) {
            return reignOf(position.lsn()).filter(position.epoch()::equals).isPresent();
        }
        return positionOf(position.lsn()).filter(position::equals).isPresent();
    }

    /** Who sequenced a record that is held or was. */
    Optional<Epoch> reignOf(long lsn) {
        return reigns.reversed().stream()
                .filter(reign -> reign.lsn() <= lsn)
                .map(LogPosition::epoch)
                .findFirst();
    }

    /** While it is full, records are refused. */
    void full(boolean now) {
        full = now;
    }

    boolean isFull() {
        return full;
    }

    private void checkSpace() {
        if (full) {
            throw new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, "The disk is full.");
        }
    }

    /** MAIN: the next record of the present reign. */
    CoreRecord append(long value) {
        checkSpace();
        return take(CoreRecord.after(end(), end().epoch(), value));
    }

    CoreRecord openReign(Epoch epoch) {
        Invariant.check(epoch.isAfter(end().epoch()), "epoch %s does not follow %s", epoch, end());
        return take(CoreRecord.after(end(), epoch, CoreRecord.REIGN));
    }

    private CoreRecord take(CoreRecord entry) {
        entries.add(entry);
        if (entry.isReign()) {
            reigns.add(entry.position());
        }
        return entry;
    }

    /** REPLICA: all of these records or none; answers the new ones. REPLICATION_REFUSED when they do not follow. */
    List<CoreRecord> appendReplicated(ByteBuffer records) {
        checkSpace();
        ByteBuffer bytes = records.duplicate();
        List<CoreRecord> checked = new ArrayList<>();
        LogPosition last = end();
        while (bytes.hasRemaining()) {
            CoreRecord entry = CoreRecord.read(bytes);
            if (!entry.follows(last) || !entry.isIntact()) {
                throw new SkeinException(
                        ErrorCode.REPLICATION_REFUSED, "record " + entry.position() + " does not follow " + last);
            }
            checked.add(entry);
            last = entry.position();
        }
        checked.forEach(this::take);
        return checked;
    }

    /** Whole records after one that is held and up to another, at least one; empty when there are none. */
    Optional<Chunk> read(long afterLsn, long upToLsn, int bytesMax) {
        long last = Math.min(Math.min(upToLsn, end().lsn()), afterLsn + Math.max(1, bytesMax / CoreRecord.BYTES));
        if (last <= afterLsn) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(last - afterLsn) * CoreRecord.BYTES);
        for (long lsn = afterLsn + 1; lsn <= last; lsn++) {
            entry(lsn).write(bytes);
        }
        return Optional.of(
                new Chunk(positionOf(afterLsn).orElseThrow(), entry(last).position(), bytes.flip()));
    }

    record Chunk(LogPosition previous, LogPosition last, ByteBuffer records) {}

    /** Everything up to here is decided; what was not yet applied is applied. Answers the first that was not. */
    long decide(long lsn) {
        Invariant.check(lsn <= end().lsn(), "record %d is decided but the log ends at %s", lsn, end());
        long first = appliedLsn() + 1;
        for (long at = first; at <= lsn; at++) {
            state.add(entry(at).value());
            settledLsn = entry(at).isReign() ? settledLsn : at;
        }
        decidedLsn = Math.max(decidedLsn, lsn);
        markLsn = Math.max(markLsn, Math.min(decidedLsn, durableLsn));
        return first;
    }

    /** Drops all after this one, durably. */
    void truncateAfter(long lsn) {
        Invariant.check(lsn >= settledLsn, "record %d changed something and cannot be dropped", settledLsn);
        cutAfter(lsn);
    }

    private void cutAfter(long lsn) {
        while (end().lsn() > lsn && !entries.isEmpty()) {
            sideFile.add(entries.removeLast());
        }
        keepUpTo(lsn);
    }

    private void keepUpTo(long lsn) {
        reigns.removeIf(reign -> reign.lsn() > lsn);
        snapshots.removeIf(snapshot -> snapshot.lsn() > lsn);
        if (appliedLsn() > lsn) {
            changes++;
        }
        while (appliedLsn() > lsn) {
            state.removeLast();
        }
        durableLsn = Math.min(durableLsn, lsn);
        decidedLsn = Math.min(decidedLsn, lsn);
        markLsn = Math.min(decidedLsn, durableLsn);
        forcedMarkLsn = markLsn;
        settledLsn = lastChange();
    }

    private long lastChange() {
        long at = appliedLsn();
        while (at > 0 && value(at) == CoreRecord.REIGN) {
            at--;
        }
        return at;
    }

    /**
     * As {@link #truncateAfter}, even what was applied and changed something. Where neither a snapshot nor the log
     * reaches back so far the database is empty afterwards.
     */
    void giveUpAfter(long lsn) {
        cutAfter(lsn);
        boolean reachesBack = start.lsn() == 0 || snapshots.stream().anyMatch(one -> one.lsn() >= start.lsn());
        if (lsn < start.lsn() || !reachesBack) {
            clear();
        }
    }

    private void clear() {
        entries.clear();
        start = LogPosition.START;
        keepUpTo(0);
    }

    /** Those of them that are held. */
    List<CoreRecord> entriesAfter(long lsn) {
        return entries.stream().filter(entry -> entry.position().lsn() > lsn).toList();
    }

    /** Records that this log once held and dropped. */
    List<CoreRecord> sideFile() {
        return Collections.unmodifiableList(sideFile);
    }

    /** What snapshots of it there are, oldest first. */
    List<CoreSnapshot> snapshots() {
        return List.copyOf(snapshots);
    }

    /** Of what is applied now; named after the last record that changed something, since those after may go. */
    void takeSnapshot(long createdMicros) {
        long lsn = settledLsn;
        if (lsn > 0 && snapshots.stream().noneMatch(one -> one.lsn() == lsn)) {
            List<LogPosition> until =
                    reigns.stream().filter(reign -> reign.lsn() <= lsn).toList();
            snapshots.add(
                    new CoreSnapshot(positionOf(lsn).orElseThrow(), createdMicros, until, state.subList(0, (int) lsn)));
        }
    }

    /** Only so many snapshots stay, and the log after the oldest of them; nothing above a record that is in use. */
    void retain(int count, long inUseLsn) {
        while (snapshots.size() > count && snapshots.getFirst().lsn() < inUseLsn) {
            snapshots.removeFirst();
        }
        if (!snapshots.isEmpty()) {
            LogPosition oldest = snapshots.getFirst().position();
            while (!entries.isEmpty() && start.lsn() < oldest.lsn() && oldest.lsn() <= durableLsn) {
                start = entries.removeFirst().position();
            }
        }
    }

    /** Everything gives way to this snapshot; what follows a record is kept. */
    void install(CoreSnapshot snapshot, long afterLsn) {
        entries.stream().filter(entry -> entry.position().lsn() > afterLsn).forEach(sideFile::add);
        clear();
        start = snapshot.position();
        reigns.addAll(snapshot.reigns());
        state.addAll(snapshot.values());
        snapshots.add(snapshot);
        durableLsn = snapshot.lsn();
        decidedLsn = snapshot.lsn();
        markLsn = snapshot.lsn();
        forcedMarkLsn = snapshot.lsn();
        settledLsn = lastChange();
    }

    /** What has arrived of a snapshot; it survives the process. */
    @Nullable
    CoreIncoming incoming() {
        return incoming;
    }

    void incoming(@Nullable CoreIncoming next) {
        incoming = next;
    }

    /** The disk holds everything up to here. */
    void forced(long lsn) {
        durableLsn = Math.max(durableLsn, Math.min(lsn, end().lsn()));
    }

    /** A bit of a record that was forced is another one now; false when there is none. */
    boolean flipBit(RandomGenerator random) {
        int forced = Math.toIntExact(durableLsn - start.lsn());
        if (forced <= 0) {
            return false;
        }
        int at = random.nextInt(forced);
        CoreRecord old = entries.get(at);
        entries.set(
                at, new CoreRecord(old.position(), old.previousCrc(), old.value() ^ 1L << random.nextInt(Long.SIZE)));
        return true;
    }

    /** What reading all of it back says. */
    boolean isDamaged() {
        return entries.stream().anyMatch(entry -> !entry.isIntact());
    }

    /** Rises whenever what was applied is no longer what it was. */
    long changes() {
        return changes;
    }

    /**
     * What the next start finds: every forced record, of the others what comes before the first that is missing or
     * torn, a mark of what is decided that is not too high.
     *
     * @param power whether what is written and not forced may be lost
     */
    void crash(boolean power, RandomGenerator random) {
        long kept = switch (random.nextInt(3)) {
            case 0 -> durableLsn;
            case 1 -> end().lsn();
            default -> random.nextLong(durableLsn, end().lsn() + 1);
        };
        while (end().lsn() > kept) {
            entries.removeLast();
        }
        reigns.removeIf(reign -> reign.lsn() > kept);
        long mark = power ? random.nextLong(forcedMarkLsn, Math.max(markLsn, forcedMarkLsn) + 1) : markLsn;
        durableLsn = end().lsn();
        if (power && incoming != null) {
            incoming.lose(random);
        }
        recover(Math.max(mark, snapshots.isEmpty() ? 0 : snapshots.getLast().lsn()));
    }

    /** The state that the newest snapshot and the mark allow to build. */
    private void recover(long mark) {
        while (appliedLsn() > mark) {
            state.removeLast();
        }
        decidedLsn = mark;
        markLsn = mark;
        forcedMarkLsn = mark;
        settledLsn = lastChange();
        decide(mark);
        full = false;
    }
}
