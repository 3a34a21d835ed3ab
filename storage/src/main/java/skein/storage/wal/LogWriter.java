package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import skein.storage.wal.LogQueue.Entry;
import skein.storage.wal.MarkFile.Marks;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * The log's thread. Takes all that waits, writes it, forces it once, reports, and takes again: while the disk is busy
 * the next batch gathers by itself, so there is nothing to wait for. The first failure is the last thing it does.
 */
final class LogWriter implements Runnable {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final long MARK_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final SegmentStore store;
    private final MarkFile markFile;
    private final SyncPolicy policy;
    private final LogQueue queue;
    private final Progress progress;
    private final DurabilityListener listener;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private Deque<Entry> work = new ArrayDeque<>();
    private LogPosition written;
    private boolean batchOpen;
    private long batchBytes;
    private int batchRecords;
    private long unforcedRecords;
    private long unforcedSinceNanos;
    private long markedNanos = System.nanoTime();
    private boolean stopped;
    private long forcedLsn;
    private volatile long durableLsn;

    /** What the thread tells and asks the log. */
    interface Progress {
        /** Records up to this one can be read from the files. */
        void written(long lsn);

        long decidedLsn();

        Lineage lineage();

        /** The log begins here now. */
        void startsAt(LogPosition start);
    }

    /** @param end the last record on disk */
    LogWriter(
            SegmentStore store,
            MarkFile markFile,
            SyncPolicy policy,
            LogQueue queue,
            LogPosition end,
            Progress progress,
            DurabilityListener listener) {
        this.store = store;
        this.markFile = markFile;
        this.policy = policy;
        this.queue = queue;
        this.progress = progress;
        this.listener = listener;
        this.written = end;
        this.forcedLsn = end.lsn();
        this.durableLsn = end.lsn();
    }

    long durableLsn() {
        return durableLsn;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                work = queue.take(waitNanos());
                process();
                forceIfOverdue();
                writeMarksIfDue();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e instanceof SkeinException known ? known : LogDamage.failed(store.describe(), e));
        }
    }

    private void process() throws IOException {
        while (true) {
            switch (work.peek()) {
                case null -> {
                    finishBatch();
                    return;
                }
                case Entry.Append append -> put(append);
                case Entry.Task task -> {
                    finishBatch();
                    task.task().run();
                    task.done().complete(null);
                }
            }
            work.remove();
        }
    }

    private void put(Entry.Append append) throws IOException {
        byte[] record = append.record();
        if (!store.fits(buffer.position(), record.length + SegmentFormat.MARK_BYTES)) {
            writeOut();
            force();
            store.roll(written);
            batchOpen = false;
        }
        if (!batchOpen) {
            putBytes(SegmentFormat.encode(new SegmentFormat.Mark(
                    store.databaseId().getLeastSignificantBits(),
                    append.position().lsn(),
                    forcedLsn)));
            batchOpen = true;
        }
        Segment active = store.active();
        active.indexRecord(append.position().lsn(), active.endOffset() + buffer.position());
        putBytes(record);
        written = append.position();
        batchBytes += record.length;
        batchRecords++;
    }

    private void putBytes(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            if (!buffer.hasRemaining()) {
                writeOut();
            }
            int count = Math.min(buffer.remaining(), bytes.length - at);
            buffer.put(bytes, at, count);
            at += count;
        }
    }

    private void writeOut() throws IOException {
        if (buffer.position() > 0) {
            store.active().append(buffer.flip());
            buffer.clear();
        }
    }

    private void finishBatch() throws IOException {
        if (batchRecords == 0) {
            return;
        }
        writeOut();
        if (unforcedRecords == 0) {
            unforcedSinceNanos = System.nanoTime();
        }
        unforcedRecords += batchRecords;
        if (mustForce()) {
            force();
        }
        durableLsn = written.lsn();
        listener.durable(written.lsn());
        progress.written(written.lsn());
        queue.written(batchBytes);
        batchOpen = false;
        batchBytes = 0;
        batchRecords = 0;
        store.prepareAhead();
    }

    private boolean mustForce() {
        return switch (policy) {
            case SyncPolicy.EveryBatch() -> true;
            case SyncPolicy.EveryTransactions(int records) -> unforcedRecords >= records;
            case SyncPolicy.Interval ignored -> intervalLeftNanos() <= 0;
            case SyncPolicy.Off() -> false;
        };
    }

    private long intervalLeftNanos() {
        return policy instanceof SyncPolicy.Interval interval
                ? unforcedSinceNanos + interval.period().toNanos() - System.nanoTime()
                : Long.MAX_VALUE;
    }

    private void forceIfOverdue() throws IOException {
        if (unforcedRecords > 0 && intervalLeftNanos() <= 0) {
            force();
        }
    }

    private void force() throws IOException {
        store.active().file().force();
        forcedLsn = written.lsn();
        unforcedRecords = 0;
    }

    /** How long the thread may sleep when nothing comes; 0 for ever. */
    private long waitNanos() {
        long wait = Long.MAX_VALUE;
        if (!marks().equals(markFile.marks())) {
            wait = markedNanos + MARK_PERIOD_NANOS - System.nanoTime();
        }
        if (unforcedRecords > 0) {
            wait = Math.min(wait, intervalLeftNanos());
        }
        return wait == Long.MAX_VALUE ? 0 : Math.max(1, wait);
    }

    private Marks marks() {
        return markFile.marks().withLog(Math.min(progress.decidedLsn(), forcedLsn), forcedLsn);
    }

    private void writeMarksIfDue() throws IOException {
        if (!stopped && System.nanoTime() - markedNanos >= MARK_PERIOD_NANOS) {
            markFile.write(marks());
            markedNanos = System.nanoTime();
        }
    }

    /** For a task: see {@link WriteAheadLog#flush}. */
    void flush() throws IOException {
        if (unforcedRecords > 0) {
            force();
        }
        markFile.write(marks());
        markFile.force();
    }

    /** For a task: {@code last} becomes the last record. What is remembered of a longer log is lowered first. */
    void truncateAfter(LogPosition last) throws IOException {
        forcedLsn = Math.min(forcedLsn, last.lsn());
        durableLsn = Math.min(durableLsn, last.lsn());
        markFile.write(marks());
        markFile.force();
        store.truncateAfter(last);
        written = last;
        forcedLsn = last.lsn();
        unforcedRecords = 0;
    }

    /**
     * For a task: the log begins later; answers the segments whose files are to be deleted. All that the files say
     * beyond the records is remembered first. From then on a crash leaves files that the next start deletes.
     */
    List<Segment> dropBefore(long lsn) throws IOException {
        LogPosition start = store.startWithout(lsn);
        if (start.lsn() == store.start().lsn()) {
            return List.of();
        }
        store.rememberReigns(progress.lineage().reignsUpTo(start.lsn()));
        markFile.write(marks().withDropped(start.lsn()));
        markFile.force();
        progress.startsAt(start);
        return store.detachBefore(start);
    }

    /** For a task: the last one. */
    void stop() throws IOException {
        flush();
        stopped = true;
    }

    private void fail(SkeinException reason) {
        queue.refuse(reason);
        work.addAll(queue.take(1));
        for (Entry entry : work) {
            if (entry instanceof Entry.Task task) {
                task.done().completeExceptionally(reason);
            }
        }
        listener.failed(reason);
    }
}
