package skein.user;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Where passwords are hashed: two threads at most, and at most half the processors, of a lower priority than all
 * others, and a short queue; so that logins can neither starve queries nor fill the memory. Thread-safe.
 *
 * <p>A hashing thread hands its result to an ordinary thread that waits for it, because whatever it starts, even by
 * handing work to a pool, inherits its priority.
 */
final class HashThreads implements AutoCloseable {
    static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 2);
    static final int QUEUE = 64;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor waiting = pool("skein-logins-", new ArrayBlockingQueue<>(QUEUE), () -> {});
    private final ThreadPoolExecutor hashing =
            pool("skein-passwords-", new LinkedBlockingQueue<>(), LowPriority::ofThisThread);
    private final AtomicInteger begun = new AtomicInteger();

    private static ThreadPoolExecutor pool(String name, BlockingQueue<Runnable> queue, Runnable first) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = loop -> {
            Runnable work = () -> {
                first.run();
                loop.run();
            };
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, IDLE.toMillis(), TimeUnit.MILLISECONDS, queue, threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Does the work there; throws BUSY when too much waits already. */
    <T> CompletableFuture<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> hashed(work), waiting);
        } catch (RejectedExecutionException e) {
            throw new SkeinException(
                    ErrorCode.BUSY,
                    "SKEIN-USER-020: Too many passwords are being checked at the moment. Nothing was done. Try again in a"
                            + " moment.",
                    e);
        }
    }

    private <T> T hashed(Supplier<T> work) {
        begun.incrementAndGet();
        try {
            return CompletableFuture.supplyAsync(work, hashing).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How much work has been begun so far. */
    int begun() {
        return begun.get();
    }

    @Override
    public void close() {
        waiting.shutdownNow();
        hashing.shutdownNow();
    }
}
