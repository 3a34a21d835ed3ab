package skein.user;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Where passwords are hashed: two threads and a short queue, so that logins can neither starve queries nor fill the
 * memory. Thread-safe.
 */
final class HashThreads implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int QUEUE = 64;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor executor;
    private final AtomicInteger begun = new AtomicInteger();

    HashThreads() {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE.toMillis(), TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "skein-passwords-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Does the work there; throws BUSY when too much waits already. */
    <T> CompletableFuture<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        begun.incrementAndGet();
                        return work.get();
                    },
                    executor);
        } catch (RejectedExecutionException e) {
            throw new SkeinException(
                    ErrorCode.BUSY,
                    "SKEIN-USER-020: Too many passwords are being checked at the moment. Nothing was done. Try again in a"
                            + " moment.",
                    e);
        }
    }

    /** How much work has been begun so far. */
    int begun() {
        return begun.get();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
