package skein.raft.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Position;

/** What a member is at the moment, all of which it forgets when it ends. */
sealed interface Standing {
    /**
     * It follows, or waits for somebody to follow.
     *
     * @param leader null when none is known in this term
     * @param heardNanos when the leader was last heard
     * @param deadlineNanos when it stands for election itself
     * @param arriving a state of which not all is here
     */
    record Follows(
            @Nullable Integer leader,
            long heardNanos,
            long deadlineNanos,
            @Nullable Arriving arriving) implements Standing {}

    /**
     * It stands for election.
     *
     * @param inAdvance it only asks whether it would be elected
     * @param votes what others have answered
     */
    record Stands(boolean inAdvance, boolean handedOver, SortedMap<Integer, Boolean> votes, long deadlineNanos)
            implements Standing {}

    /** It leads. */
    record Leads(Leadership leadership) implements Standing {}

    /** A state in pieces. */
    record Arriving(Position last, int total, int received, List<ByteBuffer> pieces) {
        public Arriving {
            pieces = List.copyOf(pieces);
        }
    }
}
