package skein.query;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import skein.query.core.EndReason;
import skein.query.core.TransactionLimits;

/**
 * Ends a transaction early: because somebody said so, or because its time is up. Any thread may end it; the running
 * thread checks. Virtual threads are not time-sliced, so a check also lets others run every few milliseconds.
 */
final class Termination {
    private static final int CHECKS_PER_CLOCK = 64;
    private static final long SLICE_NANOS = 5_000_000;

    private final TransactionLimits limits;
    private final LongSupplier nanos;
    private final long begunNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable EndReason reason;

    /** Guarded by the lock: who is to be woken. */
    private @Nullable Thread waiting;

    private int checks;
    private long sliceEndNanos;

    /** @param nanos the time that the limits are measured by */
    Termination(TransactionLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.begunNanos = nanos.getAsLong();
        this.sliceEndNanos = begunNanos + SLICE_NANOS;
    }

    /** Something that another thread finishes. */
    @FunctionalInterface
    interface Wait<T> {
        T run() throws InterruptedException;
    }

    TransactionLimits limits() {
        return limits;
    }

    long nanoTime() {
        return nanos.getAsLong();
    }

    long begunNanos() {
        return begunNanos;
    }

    boolean isEnded() {
        return reason != null;
    }

    /** From any thread; the first reason stays. Answers whether this was the first. */
    boolean end(EndReason why) {
        lock.lock();
        try {
            boolean first = reason == null;
            if (first) {
                reason = why;
            }
            if (waiting != null) {
                waiting.interrupt();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    void throwIfEnded() {
        EndReason why = reason;
        if (why != null) {
            throw why.told(limits);
        }
    }

    /** From the running thread only. */
    void check() {
        throwIfEnded();
        if (++checks % CHECKS_PER_CLOCK == 0) {
            checkClock();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted: virtual threads have no time slices
    private void checkClock() {
        long now = nanos.getAsLong();
        if (limits.isTimedOut(begunNanos, now)) {
            end(limits.byClient() ? EndReason.CLIENT_TIMEOUT : EndReason.SERVER_TIMEOUT);
            throwIfEnded();
        }
        if (now - sliceEndNanos > 0) {
            sliceEndNanos = now + SLICE_NANOS;
            Thread.yield();
        }
    }

    /**
     * From the running thread: waits for something else than work. Being ended interrupts the wait, and only the wait:
     * no interruption is left behind.
     */
    <T> T await(Wait<T> wait) {
        lock.lock();
        try {
            throwIfEnded();
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            return wait.run();
        } catch (InterruptedException e) {
            throwIfEnded();
            Thread.currentThread().interrupt();
            throw EndReason.CLIENT.told(limits);
        } finally {
            lock.lock();
            try {
                waiting = null;
                if (reason != null) {
                    Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
