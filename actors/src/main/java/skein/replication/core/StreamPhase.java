package skein.replication.core;

import org.jspecify.annotations.Nullable;
import skein.vocabulary.LogPosition;

/** Where a {@link StreamCore} stands; docs/protocol/replication.md draws the transitions. */
sealed interface StreamPhase {
    /**
     * Not connected; tries again.
     *
     * @param attempt how many attempts have failed in a row
     */
    record Waiting(long untilNanos, int attempt) implements StreamPhase {}

    /** A connection is being made. */
    record Connecting(long sinceNanos, int attempt) implements StreamPhase {}

    /** Hello is out. */
    record Greeting(long sinceNanos, int attempt) implements StreamPhase {}

    /** Records flow. */
    record Streaming(Flow flow) implements StreamPhase {}

    /**
     * A snapshot is being opened or made for the replica, which waits.
     *
     * @param afterLsn what the replica has
     * @param match where the log could go on instead, should none come of it; null when the log does not reach back so
     *     far
     * @param made there was time to make one; another is not made
     */
    record Preparing(long afterLsn, @Nullable LogPosition match, boolean made) implements StreamPhase {}

    /** Blocks of a snapshot flow. */
    record Sending(SnapshotFlow flow) implements StreamPhase {}

    /**
     * The replica changes over to another state: to the snapshot that it has received, or to what it shared with MAIN.
     *
     * @param diverged it gives up what only it has
     */
    record Rebuilding(boolean diverged) implements StreamPhase {}

    /** The replica must not follow this MAIN until an operator has acted. */
    record Stopped(boolean diverged) implements StreamPhase {}

    /** Until the replica has changed over to it, a snapshot and the log after it must not go. */
    default boolean holdsSnapshot() {
        return this instanceof Sending || (this instanceof Rebuilding(boolean diverged) && !diverged);
    }
}
