package skein.raft.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Seated;
import skein.protocol.RaftPeerProtocol.Server;
import skein.raft.core.RaftEvent.Checkpointed;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What an operator may do to a member that does not run, when a majority of its group is lost for good: it becomes a
 * group of one, with everything that it holds. This is the one way past the rules of Raft: what the lost majority had
 * agreed on without this member is lost, and what this member alone had is kept as agreed. The group gets another
 * identity, so that none of the lost ones, should it come back, takes part with what it knows.
 */
public final class Recovery {
    /** Above whatever the lost ones may have come to: data instances follow the later leader. */
    private static final long TERMS_AHEAD = 1_000_000;

    private Recovery() {}

    /**
     * The event that makes it so. Throws SkeinException when it cannot be.
     *
     * @param group its new identity
     * @param entries of the owner, that hold from the beginning of the new group
     */
    public static Checkpointed alone(DurableState state, UUID group, List<byte[]> entries) {
        Server self = state.self();
        Seat seat = seatOf(state, self);
        if (self == null || seat == null) {
            throw refused("this directory holds no member of a group with a vote: it was never added, was removed, or"
                    + " is that of a data instance. Use the directory of a coordinator that was part of it");
        }
        if (state.configuration().voters().size() == 1) {
            throw refused("coordinator " + self.id() + " is a group of its own already. Start it");
        }
        long term = state.term() + TERMS_AHEAD;
        List<Entry> log = new ArrayList<>(state.log().entries());
        log.add(new Entry(term, new Seated(List.of(seat))));
        entries.forEach(bytes -> log.add(new Entry(term, new Owned(ByteBuffer.wrap(bytes)))));
        return new Checkpointed(
                self, group, term, null, state.snapshot(), state.log().base(), log);
    }

    private static @Nullable Seat seatOf(DurableState state, @Nullable Server self) {
        Seat seat = self == null ? null : state.configuration().seat(self.id());
        return state.configuration().isVoter(self) ? seat : null;
    }

    private static SkeinException refused(String why) {
        return new SkeinException(
                ErrorCode.REPLICATION_REFUSED, "SKEIN-RAFT-020: Nothing was recovered: " + why + ". Nothing changed.");
    }
}
