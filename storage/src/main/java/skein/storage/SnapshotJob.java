package skein.storage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import skein.storage.snapshot.PinnedState;
import skein.storage.snapshot.SnapshotFile;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A snapshot on its way: the state is fixed, the writing is left to {@link #run}, on any thread. Close it in any case,
 * run or not: until then the state's old versions stay in memory, and no other snapshot can begin.
 */
public final class SnapshotJob implements AutoCloseable {
    private final SnapshotDuty duty;
    private final PinnedState state;
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    SnapshotJob(SnapshotDuty duty, PinnedState state) {
        this.duty = duty;
        this.state = state;
    }

    /**
     * What was written.
     *
     * @param leftover why older snapshots or segments of the log are still there although they are not needed; the next
     *     snapshot tries again
     */
    public record Written(SnapshotFile file, Optional<SkeinException> leftover) {}

    /**
     * Writes and publishes the snapshot, then removes what it makes superfluous. STORAGE_FAILURE when it could not be
     * written, TRANSACTION_TERMINATED when the database is closing; nothing is left of it then and nothing was removed.
     */
    public Written run() {
        SnapshotFile file = duty.write(state);
        release();
        try {
            duty.dropSuperfluous();
            return new Written(file, Optional.empty());
        } catch (SkeinException e) {
            boolean harmless = e.code() == ErrorCode.STORAGE_FAILURE || e.code() == ErrorCode.DATABASE_UNAVAILABLE;
            if (!harmless) {
                throw e;
            }
            return new Written(file, Optional.of(e));
        }
    }

    /** The record that the snapshot stands for. */
    public long lsn() {
        return state.head().position().lsn();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
            duty.ended();
        }
    }

    private void release() {
        if (released.compareAndSet(false, true)) {
            state.release();
        }
    }
}
