package skein.raft.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Server;

/** What a member's journal keeps. */
public sealed interface RaftEvent {
    /** The data directory is this member's. Once, at the first start. */
    record IdentityTaken(Server self) implements RaftEvent {}

    /** It takes part in this group; it held nothing before. */
    record GroupEntered(UUID group) implements RaftEvent {}

    /** @param candidate null for none yet in this term */
    record VoteRecorded(long term, @Nullable Server candidate) implements RaftEvent {}

    /** Entries from this index on, in the place of all that stood there or after. */
    record EntriesStored(long fromIndex, List<Entry> entries) implements RaftEvent {
        public EntriesStored {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Everything; nothing before it is needed any more.
     *
     * @param base the entries follow it
     */
    record Checkpointed(
            Server self,
            UUID group,
            long term,
            @Nullable Server candidate,
            @Nullable Snapshot snapshot,
            Position base,
            List<Entry> entries)
            implements RaftEvent {
        public Checkpointed {
            entries = List.copyOf(entries);
        }
    }
}
