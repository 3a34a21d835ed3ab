package skein.bolt.net;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bounds the bytes of rows that are on their way to one client: the thread that makes rows waits here while the client
 * is slow. A batch enters if it fits within the limit, and within what all clients share; where nothing is on its way,
 * a batch always may, so that a row of any size gets out and nobody waits for others.
 */
final class OutboundGate {
    private final long bytesMax;
    private final OutboundTotal total;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long inFlight;
    private long inFlightPeak;

    OutboundGate(long bytesMax, OutboundTotal total) {
        this.bytesMax = bytesMax;
        this.total = total;
    }

    /** Waits for room; returns false, with nothing taken, once {@code cancelled} says so. */
    boolean enter(int bytes, BooleanSupplier cancelled) {
        lock.lock();
        try {
            while (!cancelled.getAsBoolean()) {
                if (admits(bytes)) {
                    count(bytes);
                    return true;
                }
                changed.awaitUninterruptibly();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits has something on its way, and is woken when that leaves: what others do need not wake it. */
    private boolean admits(int bytes) {
        if (inFlight == 0) {
            total.add(bytes);
            return true;
        }
        return inFlight + bytes <= bytesMax && total.tryAdd(bytes);
    }

    private void count(int bytes) {
        inFlight += bytes;
        inFlightPeak = Math.max(inFlightPeak, inFlight);
    }

    /** These bytes have been handed to the operating system, or were lost with the socket. */
    void leave(int bytes) {
        lock.lock();
        try {
            inFlight -= bytes;
            total.remove(bytes);
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
