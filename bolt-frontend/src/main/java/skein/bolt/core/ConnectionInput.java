package skein.bolt.core;

import skein.bolt.message.BoltRequest;

/** What can happen to a connection. */
public sealed interface ConnectionInput {
    /** @param bytes of the heap that the request takes, for the limit on what may wait */
    record Received(BoltRequest request, long bytes) implements ConnectionInput {}

    /** The job started last has ended. */
    record JobEnded(JobOutcome outcome) implements ConnectionInput {}

    /** The session's transaction may have been ended from outside, or one before it was. */
    record WorkInDoubt() implements ConnectionInput {}

    /** Login was not done in time, the bytes were no Bolt, the peer is gone, or the server stops. */
    record Ended() implements ConnectionInput {}
}
