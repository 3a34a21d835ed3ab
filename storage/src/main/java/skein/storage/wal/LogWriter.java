package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import skein.storage.failpoint.FailPoint;
import skein.storage.wal.LogQueue.Entry;
import skein.storage.wal.MarkFile.Marks;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * The log's thread. Takes all that waits, writes it, forces it once, reports, and takes again: while the disk is busy
 * the next batch gathers by itself, so there is nothing to wait for. The first failure is the last thing it does,
 * except for a full disk: then nothing new is accepted, what was accepted waits, and the same bytes are written to the
 * same place again and again until they fit.
 */
final class LogWriter implements Runnable {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final long MARK_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SPACE_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SegmentStore store;
    private final MarkFile markFile;
    private final SyncPolicy policy;
    private final Platform platform;
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
    private long markedNanos;
    private boolean stopped;
    private long forcedLsn;
    private volatile long durableLsn;
    private volatile boolean marksAreToLast;
    private final LongAdder records = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder forces = new LongAdder();
    private final LongAdder forceNanos = new LongAdder();
    private int lastBatchRecords;
    private volatile DroppedTails droppedTails = DroppedTails.NONE;

    /** Something that takes space. */
    private interface Growth {
        void run() throws IOException;
    }

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
            Platform platform,
            LogQueue queue,
            LogPosition end,
            Progress progress,
            DurabilityListener listener) {
        this.store = store;
        this.markFile = markFile;
        this.policy = policy;
        this.platform = platform;
        this.markedNanos = platform.nanoTime();
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
                letOthersIn();
                work = queue.take(waitNanos());
                process();
                forceIfOverdue();
                writeMarksIfDue();
                if (queue.isPaused()) {
                    prepareAhead();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e instanceof SkeinException known ? known : LogDamage.failed(store.describe(), e));
        }
    }

    /**
     * Sessions that just heard of a batch come back soon. When processors are short, they come back only if they get
     * one: this thread going last makes fewer and larger batches, and a force costs the processor more than a record.
     * With a processor to spare, or a single session, nothing is waited for.
     */
    @SuppressWarnings("ThreadPriorityCheck") // only speed depends on it
    private void letOthersIn() {
        if (lastBatchRecords > 1) {
            Thread.yield();
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
                    run(task);
                }
            }
            work.remove();
        }
    }

    /** What lacks space and does not wait for it changed nothing that matters; whoever asked is told. */
    private void run(Entry.Task task) throws IOException {
        try {
            task.task().run();
            task.done().complete(null);
        } catch (IOException e) {
            if (!DiskSpace.isShort(e)) {
                throw e;
            }
            task.done().completeExceptionally(LogDamage.full(store.describe()));
        }
    }

    private void untilSpace(Growth growth) throws IOException {
        while (true) {
            try {
                growth.run();
                return;
            } catch (IOException e) {
                if (!DiskSpace.isShort(e) || queue.isRefusing()) {
                    throw e;
                }
                pause();
                platform.parkNanos(this, SPACE_RETRY_NANOS);
            }
        }
    }

    private void pause() {
        String place = store.describe();
        if (queue.pause(LogDamage.full(place))) {
            listener.noted(new LogNote.SpaceShort(LogDamage.fullText(place)));
        }
    }

    /** Space for what comes next; having it is what ends a pause. */
    private void prepareAhead() throws IOException {
        try {
            store.prepareAhead();
            if (queue.resume()) {
                listener.noted(new LogNote.SpaceBack(
                        "There is space on the disk again: the log in " + store.describe() + " goes on."));
            }
        } catch (IOException e) {
            if (!DiskSpace.isShort(e)) {
                throw e;
            }
            pause();
        }
    }

    private void put(Entry.Append append) throws IOException {
        byte[] record = append.record();
        if (!store.fits(buffer.position(), record.length + SegmentFormat.MARK_BYTES)) {
            writeOut();
            force();
            untilSpace(() -> {
                FailPoint.WAL_BEFORE_ROLL.reachedDisk();
                store.roll(written);
            });
            FailPoint.WAL_AFTER_ROLL.reached();
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
            buffer.flip();
            untilSpace(() -> {
                FailPoint.WAL_BEFORE_APPEND.reachedDisk();
                store.active().append(buffer);
            });
            buffer.clear();
            FailPoint.WAL_AFTER_APPEND.reached();
        }
    }

    private void finishBatch() throws IOException {
        if (batchRecords == 0) {
            return;
        }
        writeOut();
        if (unforcedRecords == 0) {
            unforcedSinceNanos = platform.nanoTime();
        }
        unforcedRecords += batchRecords;
        if (mustForce()) {
            force();
        }
        durableLsn = written.lsn();
        listener.durable(written.lsn());
        progress.written(written.lsn());
        queue.written(batchBytes);
        records.add(batchRecords);
        batches.increment();
        bytes.add(batchBytes);
        lastBatchRecords = batchRecords;
        batchOpen = false;
        batchBytes = 0;
        batchRecords = 0;
        prepareAhead();
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
                ? unforcedSinceNanos + interval.period().toNanos() - platform.nanoTime()
                : Long.MAX_VALUE;
    }

    private void forceIfOverdue() throws IOException {
        if (unforcedRecords > 0 && intervalLeftNanos() <= 0) {
            force();
        }
    }

    private void force() throws IOException {
        FailPoint.WAL_BEFORE_FSYNC.reachedDisk();
        long since = platform.nanoTime();
        store.active().file().force();
        forceNanos.add(platform.nanoTime() - since);
        forces.increment();
        FailPoint.WAL_AFTER_FSYNC.reached();
        forcedLsn = written.lsn();
        unforcedRecords = 0;
    }

    /** How long the thread may sleep when nothing comes; 0 for ever. */
    private long waitNanos() {
        long wait = Long.MAX_VALUE;
        if (marksAreToLast || !marks().equals(markFile.marks())) {
            wait = markedNanos + MARK_PERIOD_NANOS - platform.nanoTime();
        }
        if (unforcedRecords > 0) {
            wait = Math.min(wait, intervalLeftNanos());
        }
        if (queue.isPaused()) {
            wait = Math.min(wait, SPACE_RETRY_NANOS);
        }
        return wait == Long.MAX_VALUE ? 0 : Math.max(1, wait);
    }

    private Marks marks() {
        return markFile.marks().withLog(Math.min(progress.decidedLsn(), forcedLsn), forcedLsn);
    }

    private void writeMarksIfDue() throws IOException {
        if (!stopped && platform.nanoTime() - markedNanos >= MARK_PERIOD_NANOS) {
            rememberIfSpace();
            markedNanos = platform.nanoTime();
        }
    }

    /** On any thread, after something was decided: the marks that say so are forced when they are written next. */
    void marksAreToLast() {
        marksAreToLast = true;
    }

    /** Old marks promise less, never too much. */
    private void rememberIfSpace() throws IOException {
        boolean lasting = marksAreToLast;
        marksAreToLast = false;
        try {
            FailPoint.WAL_BEFORE_MARKS.reachedDisk();
            markFile.write(marks());
            if (lasting) {
                markFile.force();
            }
            FailPoint.WAL_AFTER_MARKS.reached();
        } catch (IOException e) {
            if (!DiskSpace.isShort(e)) {
                throw e;
            }
            marksAreToLast |= lasting;
        }
    }

    /** For a task: see {@link WriteAheadLog#flush}. */
    void flush() throws IOException {
        if (unforcedRecords > 0) {
            force();
        }
        untilSpace(() -> markFile.write(marks()));
        markFile.force();
    }

    /** For a task: {@code last} becomes the last record. What is remembered of a longer log is lowered first. */
    void truncateAfter(LogPosition last) throws IOException {
        AtomicReference<LogNote.@Nullable TailDropped> saved = new AtomicReference<>();
        untilSpace(() -> {
            FailPoint.TRUNCATE_BEFORE_TAIL.reachedDisk();
            saved.set(store.saveTail(last, written.lsn() - last.lsn()));
        });
        FailPoint.TRUNCATE_TAIL_SAVED.reached();
        forcedLsn = Math.min(forcedLsn, last.lsn());
        durableLsn = Math.min(durableLsn, last.lsn());
        untilSpace(() -> markFile.write(marks()));
        markFile.force();
        FailPoint.TRUNCATE_MARKS_LOWERED.reached();
        untilSpace(() -> store.truncateAfter(last));
        written = last;
        forcedLsn = last.lsn();
        unforcedRecords = 0;
        LogNote.TailDropped dropped = saved.get();
        if (dropped != null) {
            dropped(dropped);
        }
    }

    /** For a task: keeps everything after a record as if it were dropped; the whole log is given up next. */
    void keepTail(LogPosition last) throws IOException {
        AtomicReference<LogNote.@Nullable TailDropped> saved = new AtomicReference<>();
        untilSpace(() -> saved.set(store.saveTail(last, written.lsn() - last.lsn())));
        LogNote.TailDropped dropped = saved.get();
        if (dropped != null) {
            dropped(dropped);
        }
    }

    /** The log has lost its end; on its own thread, or before that runs. */
    void dropped(LogNote.TailDropped tail) {
        droppedTails = droppedTails.and(tail);
        listener.noted(tail);
    }

    LogCounters counters() {
        return new LogCounters(records.sum(), batches.sum(), bytes.sum(), forces.sum(), forceNanos.sum());
    }

    DroppedTails droppedTails() {
        return droppedTails;
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
        FailPoint.RETENTION_MARKS_RAISED.reached();
        progress.startsAt(start);
        return store.detachBefore(start);
    }

    /** For a task: the last one. */
    void stop() throws IOException {
        stopped = true;
        if (unforcedRecords > 0) {
            force();
        }
        rememberIfSpace();
        markFile.force();
    }

    private void fail(SkeinException reason) {
        boolean closing = queue.isRefusing();
        queue.refuse(reason);
        work.addAll(queue.take(1));
        for (Entry entry : work) {
            if (entry instanceof Entry.Task task) {
                task.done().completeExceptionally(reason);
            }
        }
        // nobody is left to mind what a full disk did not take while the log was closed
        if (!closing || !(reason.getCause() instanceof IOException e && DiskSpace.isShort(e))) {
            listener.failed(reason);
        }
    }
}
