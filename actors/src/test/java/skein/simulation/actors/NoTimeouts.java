package skein.simulation.actors;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Takes the place of what ends the JDK's own timed waits of virtual threads, which go by the real clock: here they wait
 * for what they wait for, however long a busy machine takes.
 */
final class NoTimeouts extends ScheduledThreadPoolExecutor {
    private NoTimeouts() {
        super(0);
    }

    static void install() {
        try {
            Field instance = Class.forName("java.lang.VirtualThread$DelayedTaskSchedulers")
                    .getDeclaredField("INSTANCE");
            instance.setAccessible(true);
            Arrays.fill((ScheduledExecutorService[]) instance.get(null), new NoTimeouts());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("timed waits of this JVM cannot be switched off", e);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return new Never();
    }

    private static final class Never implements ScheduledFuture<Object> {
        @Override
        public long getDelay(TimeUnit unit) {
            return Long.MAX_VALUE;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(Long.MAX_VALUE, other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return true;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public Object get() {
            throw new IllegalStateException("nobody waits for the end of a wait");
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            return get();
        }
    }
}
