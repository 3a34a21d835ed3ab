package skein.replication;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import skein.storage.wal.Platform;

/** Lets threads wait until something has come true that another thread brings about. Cheap when nobody waits. */
final class Signal {
    private final Platform platform;
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

    Signal(Platform platform) {
        this.platform = platform;
    }

    /** Something may have come true. */
    void raise() {
        // what has come true is seen by whoever adds itself after it was looked who waits
        VarHandle.fullFence();
        for (Thread thread : waiting) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until the condition holds; false when patience ran out. */
    boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
        if (condition.getAsBoolean()) {
            return true;
        }
        long deadline = platform.nanoTime() + patience.toNanos();
        waiting.add(Thread.currentThread());
        try {
            // looked at only after it is known who waits: what comes true from here on is told
            while (!condition.getAsBoolean()) {
                long left = deadline - platform.nanoTime();
                if (left <= 0) {
                    return false;
                }
                platform.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return true;
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }
}
