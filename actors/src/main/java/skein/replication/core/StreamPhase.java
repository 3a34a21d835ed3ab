package skein.replication.core;

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

    /** The replica must not follow this MAIN until an operator has acted. */
    record Stopped(boolean diverged) implements StreamPhase {}
}
