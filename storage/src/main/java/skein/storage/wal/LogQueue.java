package skein.storage.wal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** What waits for the log's thread, in order. Any thread adds; the log's thread takes all at once. */
final class LogQueue {
    /** How often the empty queue is looked at before the thread parks: about as long as an unpark costs. */
    private static final int SPINS = 100;

    private final long bytesMax;
    private final Platform platform;
    private Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private int waitingForRoom;
    private @Nullable Thread consumer;
    private volatile boolean parked;
    private volatile boolean parkedForLong;
    private volatile boolean filled;
    private volatile boolean nudged;
    private @Nullable SkeinException refusal;
    private @Nullable SkeinException pause;

    /** @param bytesMax records above this are refused until some are written */
    LogQueue(long bytesMax, Platform platform) {
        this.bytesMax = bytesMax;
        this.platform = platform;
    }

    /** Work for the log's thread. */
    sealed interface Entry {
        record Append(byte[] record, LogPosition position) implements Entry {}

        record Task(LogTask task, CompletableFuture<@Nullable Void> done) implements Entry {}
    }

    /** Runs on the log's thread, between batches. */
    interface LogTask {
        void run() throws IOException;
    }

    /** Refuses when the log has failed or is closed, or the disk is full, or too much waits. */
    synchronized void checkAccepts() {
        checkTakes();
        if (pause != null) {
            throw pause;
        }
    }

    /** As {@link #checkAccepts}, for what may wait for space on the disk. */
    synchronized void checkTakes() {
        checkOpen();
        if (bytes >= bytesMax) {
            throw new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The log is behind: " + bytes + " bytes wait to be written, the limit is " + bytesMax
                            + ". Try again in a moment.");
        }
    }

    private void checkOpen() {
        if (refusal != null) {
            throw refusal;
        }
    }

    void add(Entry entry) {
        synchronized (this) {
            checkOpen();
            entries.add(entry);
            if (entry instanceof Entry.Append append) {
                bytes += append.record().length;
            }
            filled = true;
        }
        if (parked) {
            wake();
        }
    }

    private void wake() {
        LockSupport.unpark(consumer);
    }

    /** The consumer will want to know, not at once, that something it watches has changed. */
    void nudge() {
        nudged = true;
        if (parkedForLong) {
            wake();
        }
    }

    /**
     * Everything added since the last call. Waits for something; at most so long, after which there may be nothing.
     *
     * @param timeoutNanos 0 for as long as it takes
     */
    Deque<Entry> take(long timeoutNanos) {
        for (int i = 0; i < SPINS && !filled; i++) {
            Thread.onSpinWait();
        }
        if (!filled) {
            consumer = Thread.currentThread();
            parkedForLong = timeoutNanos == 0;
            parked = true;
            if (!filled && !(parkedForLong && nudged)) {
                park(timeoutNanos);
            }
            nudged = false;
            parked = false;
            parkedForLong = false;
        }
        synchronized (this) {
            Deque<Entry> taken = entries;
            entries = new ArrayDeque<>();
            filled = false;
            return taken;
        }
    }

    private void park(long timeoutNanos) {
        if (timeoutNanos == 0) {
            LockSupport.park(this);
        } else {
            platform.parkNanos(this, timeoutNanos);
        }
    }

    /** So many bytes that were taken are written. */
    synchronized void written(long count) {
        bytes -= count;
        if (waitingForRoom > 0) {
            notifyAll();
        }
    }

    synchronized void awaitRoom() throws InterruptedException {
        waitingForRoom++;
        try {
            while (bytes >= bytesMax && refusal == null && pause == null) {
                wait();
            }
        } finally {
            waitingForRoom--;
        }
    }

    /** Adds a last entry and refuses everything after it, for this reason. */
    void addLast(Entry entry, SkeinException reason) {
        synchronized (this) {
            add(entry);
            refuse(reason);
        }
    }

    /** New records are refused for this reason until {@link #resume}; true when they were not already. */
    synchronized boolean pause(SkeinException reason) {
        boolean first = pause == null;
        pause = reason;
        notifyAll();
        return first;
    }

    /** True when records were refused until now. */
    synchronized boolean resume() {
        boolean was = pause != null;
        pause = null;
        return was;
    }

    synchronized boolean isPaused() {
        return pause != null;
    }

    /** Nothing will ever be accepted again. */
    synchronized boolean isRefusing() {
        return refusal != null;
    }

    /** Refuses everything from now on, for this reason; the first reason stands. */
    synchronized void refuse(SkeinException reason) {
        if (refusal == null) {
            refusal = reason;
        }
        notifyAll();
    }
}
