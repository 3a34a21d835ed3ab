package skein.role.core;

import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Report;

/** What became of asking a member for its pledge. */
public sealed interface PeerAnswer {
    /** Nothing yet. */
    record Awaited() implements PeerAnswer {}

    /** It takes nothing below the epoch any more, and holds this. */
    record Given(Report report) implements PeerAnswer {}

    /** @param epochNumber the highest that it has accepted or pledged */
    record Denied(Reason reason, long epochNumber, String message) implements PeerAnswer {}

    /** It did not answer, or not in time, or went away afterwards. */
    record Silent(String message) implements PeerAnswer {}
}
