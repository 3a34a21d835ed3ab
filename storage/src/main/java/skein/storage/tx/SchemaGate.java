package skein.storage.tx;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Shut while a constraint is declared: nothing else is sequenced from the look at the data that is there until the
 * constraint is applied, so that no transaction can slip past both the look and the constraint. Whoever wants to
 * sequence waits, for a bounded time, on its own thread; readers, the applier and records of the owner do not come
 * here. All methods need the sequencer's lock, which is free while somebody waits.
 */
final class SchemaGate {
    private static final long OPEN = Long.MAX_VALUE;

    private final Condition moved;
    private final Duration patience;
    private @Nullable StoreTransaction keeper;

    /** The record whose application opens the gate; {@link #OPEN} while the keeper still looks. */
    private long awaitedLsn = OPEN;

    SchemaGate(ReentrantLock lock, Duration patience) {
        this.moved = lock.newCondition();
        this.patience = patience;
    }

    /**
     * Returns when the gate is open, or shut by this very transaction. DATABASE_UNAVAILABLE when that takes too long.
     */
    void pass(StoreTransaction transaction) {
        if (keeper == null || keeper == transaction) {
            return;
        }
        if (!await(() -> keeper == null)) {
            throw new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "A constraint is being declared, and nothing can be committed meanwhile; it has taken more than "
                            + patience.toSeconds() + " s. Nothing was changed; run the transaction again.");
        }
    }

    /** Shuts the gate. WRITE_CONFLICT when it is shut already. */
    void shut(StoreTransaction transaction) {
        if (keeper != null) {
            throw new SkeinException(
                    ErrorCode.WRITE_CONFLICT,
                    "Another transaction is declaring a constraint at the same time. Nothing was changed; run the"
                            + " statement again.");
        }
        keeper = transaction;
        awaitedLsn = OPEN;
    }

    /** Waits for something that {@link #moved} is told of; false when it takes too long. */
    boolean await(BooleanSupplier condition) {
        long left = patience.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(
                    ErrorCode.TRANSACTION_TERMINATED, "The transaction was ended before it was committed.", e);
        }
    }

    /** The keeper's record has its place: the gate opens once it is applied. */
    void openAfter(StoreTransaction transaction, long lsn) {
        if (keeper == transaction) {
            awaitedLsn = lsn;
        }
    }

    /** Told of every applied record. */
    void applied(long lsn) {
        if (keeper != null) {
            if (lsn >= awaitedLsn) {
                keeper = null;
            }
            moved.signalAll();
        }
    }

    /** Opens the gate if this transaction shut it. */
    void open(StoreTransaction transaction) {
        if (keeper == transaction) {
            reset();
        }
    }

    /** Opens the gate whoever shut it: the reign is over. */
    void reset() {
        keeper = null;
        moved.signalAll();
    }
}
