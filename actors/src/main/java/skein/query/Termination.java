package skein.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Whether a transaction has to end: because somebody said so, or because its time is up. Any thread may terminate; the
 * running thread checks. Virtual threads are not time-sliced, so a check also lets others run every few milliseconds.
 */
final class Termination {
    private static final int CHECKS_PER_CLOCK = 64;
    private static final long SLICE_NANOS = 5_000_000;

    private final @Nullable Duration timeout;
    private final long deadlineNanos;
    private volatile boolean terminated;
    private int checks;
    private long sliceEndNanos;

    /** @param timeout null for none */
    Termination(@Nullable Duration timeout) {
        this.timeout = timeout;
        long now = System.nanoTime();
        this.deadlineNanos = timeout == null ? 0 : now + timeout.toNanos();
        this.sliceEndNanos = now + SLICE_NANOS;
    }

    /** From any thread. */
    void terminate() {
        terminated = true;
    }

    /** From the running thread only. */
    void check() {
        if (terminated) {
            throw new SkeinException(
                    ErrorCode.TRANSACTION_TERMINATED,
                    "The transaction was terminated. A reset of the connection or an administrator asked for it."
                            + " Nothing was committed; run it again if it is still wanted.");
        }
        if (++checks % CHECKS_PER_CLOCK == 0) {
            checkClock();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted: virtual threads have no time slices
    private void checkClock() {
        long now = System.nanoTime();
        if (timeout != null && now - deadlineNanos > 0) {
            throw new SkeinException(
                    ErrorCode.TRANSACTION_TIMED_OUT,
                    "The transaction was ended after " + timeout.toMillis()
                            + " ms, its time limit. Nothing was committed."
                            + " Allow more time with the transaction's timeout or --query-execution-timeout-sec.");
        }
        if (now - sliceEndNanos > 0) {
            sliceEndNanos = now + SLICE_NANOS;
            Thread.yield();
        }
    }
}
