package skein.bolt.net;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bounds the bytes of rows that are on their way to one client: the thread that makes rows waits here while the client
 * is slow. A batch may enter whenever less than the limit is on its way, so at most the limit and one batch ever are.
 */
final class OutboundGate {
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long inFlight;
    private long inFlightPeak;

    OutboundGate(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Waits for room; returns false, with nothing taken, once {@code cancelled} says so. */
    boolean enter(int bytes, BooleanSupplier cancelled) {
        lock.lock();
        try {
            while (inFlight >= bytesMax && !cancelled.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            if (cancelled.getAsBoolean()) {
                return false;
            }
            inFlight += bytes;
            inFlightPeak = Math.max(inFlightPeak, inFlight);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** These bytes have been handed to the operating system, or were lost with the socket. */
    void leave(int bytes) {
        lock.lock();
        try {
            inFlight -= bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets a waiting thread look again whether it is cancelled. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The most bytes that ever were on their way at once. */
    long peak() {
        lock.lock();
        try {
            return inFlightPeak;
        } finally {
            lock.unlock();
        }
    }
}
