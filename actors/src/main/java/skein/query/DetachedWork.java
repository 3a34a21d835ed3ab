package skein.query;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import skein.query.core.TransactionLimits;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What cannot be stopped once it has begun: it runs on a thread of its own, and its client can stop waiting for it. */
final class DetachedWork {
    private static final TransactionLimits UNLIMITED =
            new TransactionLimits(Duration.ZERO, false, Duration.ZERO, Duration.ZERO);

    private final Termination waiting = new Termination(UNLIMITED, System::nanoTime);

    /** Ends the wait. */
    Termination termination() {
        return waiting;
    }

    /** Waits for the work; COMMIT_UNKNOWN when the client gave up before. */
    <T> T run(String statement, Supplier<T> work) {
        var done = new CompletableFuture<T>();
        Thread.ofVirtual().name("skein-detached").start(() -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return waiting.await(() -> {
            try {
                return done.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException expected ? expected : new IllegalStateException(e);
            } catch (InterruptedException e) {
                throw new SkeinException(
                        ErrorCode.COMMIT_UNKNOWN,
                        statement + " goes on, but its client no longer waits for it. Look for its effects before"
                                + " repeating it.",
                        e);
            }
        });
    }
}
