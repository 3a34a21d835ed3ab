package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skein.storage.log.RecordBody.ReignOpening;
import skein.storage.log.RecordChain;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordHeader;
import skein.storage.log.RecordStamp;
import skein.storage.log.RecordView;
import skein.storage.wal.LogQueue.Entry;
import skein.storage.wal.core.SegmentSpan;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * A log of chained records in segment files. Safe to use from any thread. Appending never waits for the disk: it gives
 * a record its place and queues it; one platform thread writes, forces and reports. Reading serves recent records from
 * memory and older ones from the files.
 *
 * <p>{@link #truncateAfter}, {@link #dropBefore}, {@link #flush} and {@link #close} wait for that thread and must not
 * be called from its listener. After a failure everything but reading is refused, with the reason. A full disk is not a
 * failure: new records are refused, those accepted wait, and the log goes on by itself once there is space.
 *
 * <p>What records say does not matter here. A log for other purposes than a database uses SYSTEM records in epoch 0.
 */
public final class WriteAheadLog implements AutoCloseable {
    private final Object lock = new Object();
    private final SegmentStore store;
    private final MarkFile markFile;
    private final long databaseUuidLow;
    private final LogQueue queue;
    private final LogWriter writer;
    private final Thread thread;
    private final RecentRecords recent;
    private LogPosition end;
    private Lineage lineage;
    private volatile long decidedLsn;
    private boolean closed;

    private WriteAheadLog(Recovery.Recovered recovered, LogSettings settings, DurabilityListener listener) {
        store = recovered.store();
        markFile = recovered.markFile();
        databaseUuidLow = store.databaseId().getLeastSignificantBits();
        end = recovered.end();
        lineage = recovered.lineage();
        decidedLsn = markFile.marks().decidedLsn();
        recent = new RecentRecords(settings.recentBytes());
        queue = new LogQueue(settings.queueBytes(), settings.platform());
        LogWriter.Progress progress = new LogWriter.Progress() {
            @Override
            public void written(long lsn) {
                synchronized (lock) {
                    recent.evict(lsn);
                }
            }

            @Override
            public long decidedLsn() {
                return decidedLsn;
            }

            @Override
            public Lineage lineage() {
                synchronized (lock) {
                    return lineage;
                }
            }

            @Override
            public void startsAt(LogPosition start) {
                synchronized (lock) {
                    lineage = lineage.startingAt(start);
                }
            }
        };
        writer = new LogWriter(store, markFile, settings.sync(), settings.platform(), queue, end, progress, listener);
        thread = settings.platform().thread("skein-log", writer);
    }

    /**
     * Opens the log in this directory, which is made if missing. STORAGE_FAILURE names file and offset of damage.
     *
     * <p>Everything found is on disk when this returns. The caller holds the {@link DirectoryLock}.
     */
    public static WriteAheadLog open(Path directory, LogSettings settings, DurabilityListener listener) {
        try {
            return open(settings.platform().disk(directory), settings, listener);
        } catch (IOException e) {
            throw LogDamage.unreadable(directory.toString(), e);
        }
    }

    /** As above, on any disk. */
    public static WriteAheadLog open(LogDisk disk, LogSettings settings, DurabilityListener listener) {
        try {
            Recovery.Recovered recovered = Recovery.open(disk, settings);
            WriteAheadLog log = new WriteAheadLog(recovered, settings, listener);
            if (recovered.torn() != null) {
                log.writer.dropped(recovered.torn());
            }
            log.thread.start();
            return log;
        } catch (IOException e) {
            throw LogDamage.unreadable(disk.describe(""), e);
        }
    }

    /**
     * Makes an empty log in this directory, made if missing, whose first record will follow {@code start}: for a
     * database whose state up to there came from elsewhere. What an interrupted call left is cleared away;
     * STORAGE_FAILURE when there is a log.
     *
     * @param reigns the EPOCH records up to the start, oldest first
     */
    public static WriteAheadLog openAt(
            Path directory,
            LogPosition start,
            List<LogPosition> reigns,
            LogSettings settings,
            DurabilityListener listener) {
        try {
            return openAt(settings.platform().disk(directory), start, reigns, settings, listener);
        } catch (IOException e) {
            throw LogDamage.unreadable(directory.toString(), e);
        }
    }

    /** As above, on any disk. */
    public static WriteAheadLog openAt(
            LogDisk disk,
            LogPosition start,
            List<LogPosition> reigns,
            LogSettings settings,
            DurabilityListener listener) {
        try {
            LogCreation.createAt(disk, settings.idForCreation(), new Lineage(start, reigns));
        } catch (IOException e) {
            throw LogDamage.unreadable(disk.describe(""), e);
        }
        return open(disk, settings, listener);
    }

    /** Identity of the database whose log this is. */
    public UUID databaseId() {
        return store.databaseId();
    }

    /** The last record accepted; it may not be durable yet. */
    public LogPosition end() {
        synchronized (lock) {
            return end;
        }
    }

    /** Just before the first record that can still be read; START unless records were dropped. */
    public LogPosition start() {
        synchronized (lock) {
            return lineage.start();
        }
    }

    /** The EPOCH records of the database's whole history, oldest first; also those that were dropped. */
    public List<LogPosition> lineage() {
        synchronized (lock) {
            return lineage.reigns();
        }
    }

    /** What was done since the log was opened. */
    public LogCounters counters() {
        return writer.counters();
    }

    /** What was dropped from the end: torn, or unknown to the MAIN. */
    public DroppedTails droppedTails() {
        return writer.droppedTails();
    }

    /** As last told to the listener; at open, everything found. */
    public long durableLsn() {
        return writer.durableLsn();
    }

    /** As last told by {@link #decide}; at open, as remembered on disk, which may be less. */
    public long decidedLsn() {
        return decidedLsn;
    }

    /**
     * MAIN: seals a {@link RecordCodec#draft} with the next lsn in the current reign and queues it; the array belongs
     * to the log from now on. DATABASE_UNAVAILABLE when the queue or the disk is full, STORAGE_FAILURE after a failure;
     * no lsn was spent then. The listener may be told before this returns.
     */
    public LogPosition append(byte[] draft, long commitTimestamp) {
        synchronized (lock) {
            queue.checkAccepts();
            return enqueue(draft, end.epoch(), commitTimestamp);
        }
    }

    /** As {@link #append}, for records that are rare and precious: while the disk is full, they wait for space. */
    public LogPosition appendPatiently(byte[] draft, long commitTimestamp) {
        synchronized (lock) {
            queue.checkTakes();
            return enqueue(draft, end.epoch(), commitTimestamp);
        }
    }

    /**
     * MAIN: appends the EPOCH record of a new reign, whose number must be above the current one; it waits for space as
     * in {@link #appendPatiently}.
     */
    public LogPosition openReign(Epoch epoch, long commitTimestamp) {
        synchronized (lock) {
            queue.checkTakes();
            Invariant.check(epoch.isAfter(end.epoch()), "epoch %s does not follow %s", epoch, end.epoch());
            byte[] draft = RecordCodec.draft(new ReignOpening(epoch.reign(), end));
            return enqueue(draft, epoch, commitTimestamp);
        }
    }

    private LogPosition enqueue(byte[] draft, Epoch epoch, long commitTimestamp) {
        long lsn = end.lsn() + 1;
        int crc = RecordCodec.seal(
                draft, new RecordStamp(databaseUuidLow, epoch.number(), lsn, commitTimestamp, end.crc()));
        LogPosition position = new LogPosition(epoch, lsn, crc);
        accept(draft, position);
        return position;
    }

    private void accept(byte[] record, LogPosition position) {
        queue.add(new Entry.Append(record, position));
        recent.add(position.lsn(), record);
        lineage = lineage.with(end, position);
        end = position;
    }

    /**
     * REPLICA: checks CRC and chain of these whole records and queues them, all or none; answers the new end.
     * REPLICATION_REFUSED when they are damaged or do not follow the end of this log; else as {@link #append}.
     */
    public LogPosition appendReplicated(ByteBuffer records) {
        byte[] bytes = new byte[records.remaining()];
        records.duplicate().get(bytes);
        synchronized (lock) {
            queue.checkAccepts();
            List<Entry.Append> checked = checkChain(bytes);
            for (Entry.Append append : checked) {
                accept(append.record(), append.position());
            }
            return end;
        }
    }

    private List<Entry.Append> checkChain(byte[] bytes) {
        List<Entry.Append> checked = new ArrayList<>();
        LogPosition last = end;
        for (int at = 0; at < bytes.length; ) {
            if (!RecordCodec.isIntact(bytes, at, bytes.length)) {
                throw refused("the record that should follow record " + last.lsn() + " arrived damaged");
            }
            RecordView view = RecordView.of(bytes, at, bytes.length);
            Optional<String> mismatch = RecordChain.mismatch(last, databaseUuidLow, view);
            if (mismatch.isPresent()) {
                throw refused(mismatch.get());
            }
            last = RecordChain.advance(last, view);
            byte[] record = new byte[view.header().length()];
            System.arraycopy(bytes, at, record, 0, record.length);
            checked.add(new Entry.Append(record, last));
            at += record.length;
        }
        return checked;
    }

    private SkeinException refused(String reason) {
        return new SkeinException(
                ErrorCode.REPLICATION_REFUSED,
                "The records do not fit the end of this log: " + reason + ". Send what follows record " + end.lsn()
                        + ".");
    }

    /** Waits until {@link #append} finds room in the queue, or the disk is full, or the log has failed or is closed. */
    public void awaitRoom() throws InterruptedException {
        queue.awaitRoom();
    }

    /** As below, not forced. */
    public void decide(long lsn) {
        decide(lsn, false);
    }

    /**
     * Remembers that records up to this one are decided; that is written to a file a little later. Never falls.
     *
     * @param lasting whether it is forced to disk then, so that a loss of power takes it back only within that little
     */
    public void decide(long lsn, boolean lasting) {
        synchronized (lock) {
            Invariant.check(lsn <= end.lsn(), "record %d is decided, the log ends with %d", lsn, end.lsn());
            decidedLsn = Math.max(decidedLsn, lsn);
        }
        if (lasting) {
            writer.marksAreToLast();
        }
        queue.nudge();
    }

    /**
     * Whole records after this lsn, durable or not: at least one, then as many as fit into {@code bytesMax}; those of
     * one segment or memory at most.
     */
    public LogRead read(long afterLsn, int bytesMax) {
        long lastOnDisk;
        Lineage seen;
        List<byte[]> found;
        synchronized (lock) {
            Invariant.check(!closed, "the log is closed");
            if (afterLsn < lineage.start().lsn()) {
                return new LogRead.NotHeld(lineage.start());
            }
            if (afterLsn >= end.lsn()) {
                return new LogRead.AtEnd();
            }
            lastOnDisk = recent.isEmpty() ? end.lsn() : recent.firstLsn() - 1;
            seen = lineage;
            found = recent.after(afterLsn, bytesMax);
        }
        if (!found.isEmpty()) {
            return new LogRead.Found(chunkOf(found, afterLsn, seen));
        }
        return readFiles(afterLsn, bytesMax, lastOnDisk, seen)
                .<LogRead>map(LogRead.Found::new)
                .orElseGet(() -> new LogRead.NotHeld(start()));
    }

    private static LogChunk chunkOf(List<byte[]> records, long afterLsn, Lineage lineage) {
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(
                records.stream().mapToLong(record -> record.length).sum()));
        records.forEach(out::put);
        int previousCrc = RecordCodec.header(records.getFirst()).prevCrc();
        LogPosition previous = new LogPosition(lineage.epochAt(afterLsn), afterLsn, previousCrc);
        return new LogChunk(previous, out.flip(), positionOf(RecordCodec.header(records.getLast()), lineage));
    }

    private static LogPosition positionOf(RecordHeader header, Lineage lineage) {
        return new LogPosition(lineage.epochAt(header.lsn()), header.lsn(), header.crc());
    }

    private Optional<LogChunk> readFiles(long afterLsn, int bytesMax, long lastLsn, Lineage seen) {
        try {
            return store.read(afterLsn, bytesMax, lastLsn, seen);
        } catch (IOException e) {
            throw LogDamage.unreadable(store.describe(), e);
        }
    }

    /** The record with this lsn; empty when it is after the end or was dropped. */
    public Optional<LogPosition> positionOf(long lsn) {
        long lastOnDisk;
        Lineage seen;
        synchronized (lock) {
            if (lsn == lineage.start().lsn()) {
                return Optional.of(lineage.start());
            }
            if (lsn < lineage.start().lsn() || lsn > end.lsn()) {
                return Optional.empty();
            }
            if (recent.contains(lsn)) {
                return Optional.of(positionOf(RecordCodec.header(recent.get(lsn)), lineage));
            }
            Invariant.check(!closed, "the log is closed");
            lastOnDisk = recent.isEmpty() ? end.lsn() : recent.firstLsn() - 1;
            seen = lineage;
        }
        return readFiles(lsn - 1, 0, lastOnDisk, seen).map(LogChunk::last);
    }

    /**
     * As {@link #truncateAfter}, but takes back decisions as well. For records that changed nothing: a MAIN that opened
     * a reign, wrote nothing and is demoted has to let go of it to follow another.
     */
    public void rewind(long lsn) {
        synchronized (lock) {
            decidedLsn = Math.min(decidedLsn, lsn);
        }
        truncateAfter(lsn);
    }

    /** Drops all records after this lsn, which must not be below the decided one; returns when that is durable. */
    public void truncateAfter(long lsn) {
        LogPosition last = positionOf(lsn)
                .orElseThrow(() -> new Invariant.InvariantViolation(
                        "cannot truncate after record " + lsn + ", which the log does not hold"));
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        synchronized (lock) {
            Invariant.check(
                    lsn >= decidedLsn && last.lsn() == lsn && lsn <= end.lsn(),
                    "cannot truncate after record %d: %d is decided, the log ends with %d",
                    lsn,
                    decidedLsn,
                    end.lsn());
            if (lsn == end.lsn()) {
                return;
            }
            queue.add(new Entry.Task(() -> writer.truncateAfter(last), done));
            recent.dropAfter(lsn);
            lineage = lineage.truncatedAfter(lsn);
            end = last;
        }
        await(done);
    }

    /**
     * Keeps the records after this one in a file of their own, as far as they are held, as if they were dropped: before
     * the whole log is given up, see {@link LogReplacement}.
     */
    public void keepTail(long lsn) {
        LogPosition last = positionOf(Math.max(lsn, start().lsn()))
                .orElseThrow(() -> new Invariant.InvariantViolation("the log ends before record " + lsn));
        run(() -> writer.keepTail(last));
    }

    /** About how many bytes the records after this one take; those that were dropped do not count. */
    public long bytesAfter(long lsn) {
        return SegmentSpan.bytesAfter(segments(), start().lsn(), lsn);
    }

    /** The segments, oldest first, for {@link skein.storage.wal.core.LogRetention}. */
    public List<SegmentSpan> segments() {
        return store.spans(end().lsn());
    }

    /**
     * Drops the segments that lie entirely at or below this lsn, never the last one; returns when their files are gone.
     * They must not be needed to recover, and all be decided. Their reigns are remembered. Commits go on meanwhile.
     * STORAGE_FAILURE when a file could not be deleted: the log is whole, and the next start deletes it.
     */
    public void dropBefore(long lsn) {
        Invariant.check(lsn <= decidedLsn, "record %d is dropped, only %d are decided", lsn, decidedLsn);
        AtomicReference<List<Segment>> detached = new AtomicReference<>(List.of());
        run(() -> detached.set(writer.dropBefore(lsn)));
        try {
            store.delete(detached.get());
        } catch (IOException e) {
            throw LogDamage.undeletable(store.describe(), e);
        }
    }

    /**
     * Returns when all records accepted so far, and what is decided of them, are forced to disk, whatever the policy.
     */
    public void flush() {
        run(writer::flush);
    }

    private void run(LogQueue.LogTask task) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        queue.add(new Entry.Task(task, done));
        await(done);
    }

    private void await(CompletableFuture<@Nullable Void> done) {
        Invariant.check(!thread.equals(Thread.currentThread()), "the log's thread cannot wait for itself");
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof SkeinException reason ? reason : e;
        }
    }

    /** Flushes, then ends the thread and closes the files. Does not throw when the log has failed before. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
            queue.addLast(
                    new Entry.Task(writer::stop, done),
                    new SkeinException(
                            ErrorCode.DATABASE_UNAVAILABLE, "The log is closed: this instance is stopping."));
            await(done);
        } catch (SkeinException alreadyTold) {
            // the listener heard of the failure; what is left is to close the files
        }
        closeFiles();
    }

    private void closeFiles() {
        try (store;
                markFile) {
            thread.join();
        } catch (IOException e) {
            throw LogDamage.unreadable(store.describe(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
