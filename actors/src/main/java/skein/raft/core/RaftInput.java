package skein.raft.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftProtocol.Member;

/** What a {@link RaftCore} hears. A ticket comes back in the one {@link RaftEffect.Reply} to it. */
public sealed interface RaftInput {
    /**
     * The first input.
     *
     * @param id that this server was started with
     * @param fresh identity of the data directory if it has none yet
     * @param seed all chance that there is
     */
    record Started(int id, UUID fresh, long seed) implements RaftInput {}

    /** It is as late as {@link RaftCore#wakeNanos} or later. */
    record Ticked() implements RaftInput {}

    /** A message of another server. */
    record Heard(Message message) implements RaftInput {}

    /** Messages to this member will arrive from now on; what was sent before may be lost. */
    record LineOpened(int id) implements RaftInput {}

    /** What was sent to this member may be lost. */
    record LineClosed(int id) implements RaftInput {}

    /** All effects of a {@link RaftEffect.Persist} are carried out. */
    record Stored(long term, long lastIndex) implements RaftInput {}

    record Proposed(List<Proposal> proposals) implements RaftInput {
        public Proposed {
            proposals = List.copyOf(proposals);
        }
    }

    /** One entry that the owner wants. */
    record Proposal(long ticket, ByteBuffer bytes) {}

    record ToConfirm(long ticket) implements RaftInput {}

    /** @param group identity of the group, should there be a new one */
    record ToFound(long ticket, Member self, UUID group) implements RaftInput {}

    record ToAdd(long ticket, Member member) implements RaftInput {}

    record ToRemove(long ticket, int id) implements RaftInput {}

    record ToTransfer(long ticket, Optional<Integer> to) implements RaftInput {}

    /** The owner's state after this entry, which it was told. */
    record StateTaken(long index, ByteBuffer state) implements RaftInput {}
}
