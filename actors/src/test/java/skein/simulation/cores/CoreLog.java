package skein.simulation.cores;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * A log and the state that follows from it, in memory: positions, a checksum that covers the predecessor's, an end that
 * is not on disk yet. What a database means to the cores, and nothing else of it.
 *
 * <p>Bytes of a record: lsn, epoch number, reign (two longs), value (longs), previous checksum, checksum (ints).
 */
final class CoreLog {
    private static final int RECORD_BYTES = 48;

    /** The value of an EPOCH record. */
    static final long REIGN = 0;

    private final UUID id;
    private final List<Entry> entries = new ArrayList<>();
    private final List<LogPosition> reigns = new ArrayList<>();
    private long durableLsn;
    private long markLsn;
    private long forcedMarkLsn;
    private long decidedLsn;
    private long appliedLsn;
    private long settledLsn;
    private boolean full;

    /** @param value what it says; {@link #REIGN} for an EPOCH record */
    record Entry(LogPosition position, int previousCrc, long value) {
        boolean isReign() {
            return value == REIGN;
        }
    }

    CoreLog(UUID id) {
        this.id = id;
    }

    UUID id() {
        return id;
    }

    LogPosition end() {
        return entries.isEmpty() ? LogPosition.START : entries.getLast().position();
    }

    long durableLsn() {
        return durableLsn;
    }

    long decidedLsn() {
        return decidedLsn;
    }

    long appliedLsn() {
        return appliedLsn;
    }

    long settledLsn() {
        return settledLsn;
    }

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

    Entry entry(long lsn) {
        return entries.get(Math.toIntExact(lsn - 1));
    }

    Optional<LogPosition> positionOf(long lsn) {
        if (lsn == 0) {
            return Optional.of(LogPosition.START);
        }
        return lsn > entries.size() ? Optional.empty() : Optional.of(entry(lsn).position());
    }

    boolean holds(LogPosition position) {
        return positionOf(position.lsn()).filter(position::equals).isPresent();
    }

    /** While it is full, records are refused. */
    void full(boolean now) {
        full = now;
    }

    private void checkSpace() {
        if (full) {
            throw new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, "The disk is full.");
        }
    }

    /** MAIN: the next record of the present reign. */
    Entry append(long value) {
        checkSpace();
        return add(end().epoch(), value);
    }

    Entry openReign(Epoch epoch) {
        Invariant.check(epoch.isAfter(end().epoch()), "epoch %s does not follow %s", epoch, end());
        return add(epoch, REIGN);
    }

    private Entry add(Epoch epoch, long value) {
        LogPosition before = end();
        long lsn = before.lsn() + 1;
        int crc = crc(before.crc(), epoch, lsn, value);
        Entry entry = new Entry(new LogPosition(epoch, lsn, crc), before.crc(), value);
        take(entry);
        return entry;
    }

    private void take(Entry entry) {
        entries.add(entry);
        if (entry.isReign()) {
            reigns.add(entry.position());
        }
    }

    private static int crc(int previous, Epoch epoch, long lsn, long value) {
        long hash = previous * 0x9E3779B97F4A7C15L;
        hash = (hash ^ epoch.number()) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ epoch.reign().getLeastSignificantBits()) * 0x94D049BB133111EBL;
        hash = (hash ^ lsn ^ hash >>> 31) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ value ^ hash >>> 29) * 0x94D049BB133111EBL;
        return (int) (hash >>> 32);
    }

    /** REPLICA: all of these records or none; answers the new entries. REPLICATION_REFUSED when they do not follow. */
    List<Entry> appendReplicated(ByteBuffer records) {
        checkSpace();
        ByteBuffer bytes = records.duplicate();
        List<Entry> checked = new ArrayList<>();
        LogPosition last = end();
        while (bytes.hasRemaining()) {
            Entry entry = read(bytes);
            LogPosition position = entry.position();
            boolean follows = position.lsn() == last.lsn() + 1 && entry.previousCrc() == last.crc();
            boolean intact =
                    position.crc() == crc(entry.previousCrc(), position.epoch(), position.lsn(), entry.value());
            boolean reignFits = entry.isReign()
                    ? position.epoch().isAfter(last.epoch())
                    : position.epoch().equals(last.epoch());
            if (!follows || !intact || !reignFits) {
                throw new SkeinException(
                        ErrorCode.REPLICATION_REFUSED, "record " + position + " does not follow " + last);
            }
            checked.add(entry);
            last = position;
        }
        checked.forEach(this::take);
        return checked;
    }

    private static Entry read(ByteBuffer bytes) {
        long lsn = bytes.getLong();
        Epoch epoch = new Epoch(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
        long value = bytes.getLong();
        int previous = bytes.getInt();
        return new Entry(new LogPosition(epoch, lsn, bytes.getInt()), previous, value);
    }

    /** Whole records after one and up to another, at least one; empty when there are none. */
    Optional<Chunk> read(long afterLsn, long upToLsn, int bytesMax) {
        long last = Math.min(Math.min(upToLsn, end().lsn()), afterLsn + Math.max(1, bytesMax / RECORD_BYTES));
        if (last <= afterLsn) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(last - afterLsn) * RECORD_BYTES);
        for (long lsn = afterLsn + 1; lsn <= last; lsn++) {
            write(entry(lsn), bytes);
        }
        return Optional.of(
                new Chunk(positionOf(afterLsn).orElseThrow(), entry(last).position(), bytes.flip()));
    }

    record Chunk(LogPosition previous, LogPosition last, ByteBuffer records) {}

    private static void write(Entry entry, ByteBuffer bytes) {
        LogPosition position = entry.position();
        bytes.putLong(position.lsn()).putLong(position.epoch().number());
        bytes.putLong(position.epoch().reign().getMostSignificantBits());
        bytes.putLong(position.epoch().reign().getLeastSignificantBits());
        bytes.putLong(entry.value()).putInt(entry.previousCrc()).putInt(position.crc());
    }

    /** Everything up to here is decided; what was not yet applied is applied. Answers the first that was not. */
    long decide(long lsn) {
        Invariant.check(lsn <= end().lsn(), "record %d is decided but the log ends at %s", lsn, end());
        long first = appliedLsn + 1;
        while (appliedLsn < lsn) {
            appliedLsn++;
            if (!entry(appliedLsn).isReign()) {
                settledLsn = appliedLsn;
            }
        }
        decidedLsn = Math.max(decidedLsn, lsn);
        markLsn = Math.max(markLsn, Math.min(decidedLsn, durableLsn));
        return first;
    }

    /** Drops all after this one, durably. */
    void truncateAfter(long lsn) {
        Invariant.check(lsn >= settledLsn, "record %d changed something and cannot be dropped", settledLsn);
        while (entries.size() > lsn) {
            entries.removeLast();
        }
        reigns.removeIf(reign -> reign.lsn() > lsn);
        durableLsn = Math.min(durableLsn, lsn);
        decidedLsn = Math.min(decidedLsn, lsn);
        appliedLsn = Math.min(appliedLsn, lsn);
        markLsn = Math.min(decidedLsn, durableLsn);
        forcedMarkLsn = markLsn;
    }

    /** As {@link #truncateAfter}, even what was applied and changed something. */
    void giveUpAfter(long lsn) {
        settledLsn = 0;
        for (long at = Math.min(lsn, appliedLsn); at > 0 && settledLsn == 0; at--) {
            settledLsn = entry(at).isReign() ? 0 : at;
        }
        truncateAfter(lsn);
    }

    /** The disk holds everything up to here. */
    void forced(long lsn) {
        durableLsn = Math.max(durableLsn, Math.min(lsn, end().lsn()));
    }

    /**
     * What the next start finds: every forced record, some of the others, a mark of what is decided that is not too
     * high.
     *
     * @param power whether the mark, which is written but not forced, may be lost too
     */
    void crash(boolean power, RandomGenerator random) {
        long kept = switch (random.nextInt(3)) {
            case 0 -> durableLsn;
            case 1 -> end().lsn();
            default -> random.nextLong(durableLsn, end().lsn() + 1);
        };
        while (entries.size() > kept) {
            entries.removeLast();
        }
        reigns.removeIf(reign -> reign.lsn() > kept);
        long mark = power ? random.nextLong(forcedMarkLsn, Math.max(markLsn, forcedMarkLsn) + 1) : markLsn;
        durableLsn = end().lsn();
        markLsn = mark;
        forcedMarkLsn = mark;
        recover();
    }

    /** The state that the mark allows to build. */
    private void recover() {
        decidedLsn = markLsn;
        appliedLsn = 0;
        settledLsn = 0;
        decide(markLsn);
        full = false;
    }
}
