package skein.storage.tx;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * One snapshot in use by one transaction. It may be ended from outside, so that what it keeps alive can go. That must
 * never pull the versions away under a read in progress, so it works by steps: between {@link #pause} and
 * {@link #resume} the transaction rests and ends at once; otherwise it is told at its next {@link #check} and lets go
 * itself. A transaction whose user never pauses it can only be told.
 */
public final class SnapshotLease {
    private final long id;
    private final AccessMode access;
    private final SnapshotRegistry.Chunk chunk;
    private final int place;
    private final long begunNanos = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.AT_WORK);
    private volatile long snapshot;
    private volatile long statements;
    private volatile @Nullable String ended;

    private enum State {
        AT_WORK,
        RESTING,
        /** Ended while resting: the place belongs to somebody else. */
        TAKEN,
        RELEASED
    }

    SnapshotLease(long id, AccessMode access, long snapshot, SnapshotRegistry.Chunk chunk, int place) {
        this.id = id;
        this.access = access;
        this.snapshot = snapshot;
        this.chunk = chunk;
        this.place = place;
    }

    /** The newest record that may be seen. */
    public long snapshot() {
        return snapshot;
    }

    OpenTransactionFacts facts(long nowNanos) {
        return new OpenTransactionFacts(
                id, snapshot, Duration.ofNanos(Math.max(0, nowNanos - begunNanos)), access, statements);
    }

    /** A statement begins. From the transaction's thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void countStatement() {
        statements++;
    }

    /** SNAPSHOT_TOO_OLD when the transaction has been ended from outside. */
    void check() {
        String reason = ended;
        if (reason != null) {
            throw new SkeinException(ErrorCode.SNAPSHOT_TOO_OLD, reason);
        }
    }

    /** Until {@link #resume}, nothing is read. */
    void pause() {
        if (state.compareAndSet(State.AT_WORK, State.RESTING) && ended != null) {
            take();
        }
    }

    /** Reading goes on; SNAPSHOT_TOO_OLD when the snapshot is gone or is to go. */
    void resume() {
        state.compareAndSet(State.RESTING, State.AT_WORK);
        check();
    }

    /** Ends the transaction from outside; answers whether its snapshot is free by this. */
    boolean end(String reason) {
        if (ended == null) {
            ended = reason;
        }
        return take();
    }

    private boolean take() {
        if (!state.compareAndSet(State.RESTING, State.TAKEN)) {
            return false;
        }
        chunk.set(place, SnapshotRegistry.FREE);
        return true;
    }

    /** Exchanges the snapshot for a newer published one: the place never holds more than is in use. */
    void moveTo(long newer) {
        snapshot = newer;
        chunk.set(place, newer);
    }

    /** Lets the snapshot go; more than once does nothing. */
    public void release() {
        State before = state.getAndSet(State.RELEASED);
        if (before == State.AT_WORK || before == State.RESTING) {
            chunk.set(place, SnapshotRegistry.FREE);
        }
    }
}
