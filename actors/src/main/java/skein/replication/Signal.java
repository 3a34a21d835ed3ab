package skein.replication;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets threads wait until something has come true that another thread brings about. Cheap when nobody waits. */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Something may have come true. */
    void raise() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                raised.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until the condition holds; false when patience ran out. */
    boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        if (condition.getAsBoolean()) {
            return true;
        }
        long left = patience.toNanos();
        waiting.incrementAndGet();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = raised.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }
}
