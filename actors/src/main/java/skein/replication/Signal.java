package skein.replication;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets threads wait until something has come true that another thread brings about. Cheap when nobody waits. */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private volatile int waiting;

    /** Something may have come true. */
    void raise() {
        if (waiting > 0) {
            lock.lock();
            raised.signalAll();
            lock.unlock();
        }
    }

    /** Waits until the condition holds; false when patience ran out or the thread was interrupted. */
    boolean await(BooleanSupplier condition, Duration patience) {
        if (condition.getAsBoolean()) {
            return true;
        }
        long left = patience.toNanos();
        lock.lock();
        waiting++;
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = raised.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
            lock.unlock();
        }
    }
}
