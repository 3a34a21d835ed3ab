package skein.raft.core;

import java.time.Duration;
import skein.vocabulary.Invariant;

/**
 * How a group behaves in time and in size. All members are given the same.
 *
 * @param heartbeatNanos how often a leader speaks to each member
 * @param electionNanosMin so long after it last heard a leader a member helps no other candidate; a leader that no
 *     majority has answered for so long steps down
 * @param electionNanosMax at the latest so long after it last heard a leader a member stands for election
 * @param appendBytesMax of entries in one message, if there is more than one
 * @param inFlightMax messages with entries that one member has not answered
 * @param pieceBytesMax of a state in one message
 * @param retainedEntries kept before the newest state, for members that are a little behind
 */
public record RaftSettings(
        long heartbeatNanos,
        long electionNanosMin,
        long electionNanosMax,
        int appendBytesMax,
        int inFlightMax,
        int pieceBytesMax,
        int retainedEntries) {
    private static final int APPEND_BYTES = 256 << 10;
    private static final int PIECE_BYTES = 64 << 10;
    private static final int IN_FLIGHT = 16;
    private static final int RETAINED = 256;

    public RaftSettings {
        Invariant.check(
                heartbeatNanos > 0 && heartbeatNanos < electionNanosMin && electionNanosMin < electionNanosMax,
                "heartbeat %d, election %d to %d ns",
                heartbeatNanos,
                electionNanosMin,
                electionNanosMax);
        Invariant.check(inFlightMax > 0 && pieceBytesMax > 0 && appendBytesMax > 0, "nothing could be sent");
    }

    /** Usual sizes. An election takes up to twice {@code election}. */
    public static RaftSettings of(Duration heartbeat, Duration election) {
        return new RaftSettings(
                heartbeat.toNanos(),
                election.toNanos(),
                2 * election.toNanos(),
                APPEND_BYTES,
                IN_FLIGHT,
                PIECE_BYTES,
                RETAINED);
    }

    /** 100 ms, and elections after 500 to 1000 ms. */
    public static RaftSettings standard() {
        return of(Duration.ofMillis(100), Duration.ofMillis(500));
    }
}
