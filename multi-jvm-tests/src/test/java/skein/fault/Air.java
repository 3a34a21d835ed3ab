package skein.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a proxy: its weather, and where bytes wait for it to change. Thread-safe.
 *
 * <p>An ending connection must not wait for better weather: whoever waits says by which latch it is let go.
 */
final class Air {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Weather weather = Weather.CLEAR;

    Weather weather() {
        lock.lock();
        try {
            return weather;
        } finally {
            lock.unlock();
        }
    }

    void become(Weather next) {
        lock.lock();
        try {
            weather = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all who wait, so that they look whether they are still needed. */
    void stir() {
        become(weather());
    }

    /** Waits until something may pass; false when the connection has ended meanwhile. */
    boolean awaitSound(Ending ending) throws InterruptedException {
        lock.lock();
        try {
            while (weather instanceof Weather.Silent && !ending.isOver()) {
                changed.await();
            }
            return !ending.isOver();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a time that ends early when the weather changes or the connection ends. */
    void rest(Duration time, Ending ending) throws InterruptedException {
        lock.lock();
        try {
            Weather before = weather;
            long left = time.toNanos();
            while (left > 0 && before.equals(weather) && !ending.isOver()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a moment of {@link System#nanoTime}, whatever the weather; less when the connection ends. */
    void until(long nanos, Ending ending) throws InterruptedException {
        lock.lock();
        try {
            for (long left = nanos - System.nanoTime();
                    left > 0 && !ending.isOver();
                    left = nanos - System.nanoTime()) {
                boolean _ = changed.await(left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a connection is over. */
    interface Ending {
        boolean isOver();
    }
}
