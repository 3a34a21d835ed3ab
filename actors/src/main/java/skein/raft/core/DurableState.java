package skein.raft.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Seated;
import skein.protocol.RaftPeerProtocol.Server;
import skein.raft.core.RaftEvent.Checkpointed;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.RaftEvent.GroupEntered;
import skein.raft.core.RaftEvent.IdentityTaken;
import skein.raft.core.RaftEvent.VoteRecorded;
import skein.vocabulary.Invariant;

/**
 * What a member knows after a restart: the sum of its events.
 *
 * @param self null before the first start
 * @param group null while it belongs to none
 * @param vote whom it has elected in this term
 * @param snapshot null before the first one
 * @param log begins at the snapshot or before it
 * @param configuration the last one in the log or the snapshot
 */
public record DurableState(
        @Nullable Server self,
        @Nullable UUID group,
        long term,
        @Nullable Server vote,
        @Nullable Snapshot snapshot,
        RaftLog log,
        Configuration configuration) {
    public static DurableState empty() {
        return new DurableState(null, null, 0, null, null, RaftLog.startingAfter(Position.START), Configuration.NONE);
    }

    /** True once it holds anything of a group. */
    boolean belongs() {
        return group != null && log.lastIndex() > 0;
    }

    long snapshotIndex() {
        return snapshot == null ? 0 : snapshot.last().index();
    }

    public DurableState evolve(RaftEvent event) {
        return switch (event) {
            case IdentityTaken(Server server) ->
                new DurableState(server, group, term, vote, snapshot, log, configuration);
            case GroupEntered(UUID entered) ->
                new DurableState(self, entered, term, vote, snapshot, log, configuration);
            case VoteRecorded(long next, var candidate) -> {
                Invariant.check(next >= term, "term %d after %d", next, term);
                yield new DurableState(self, group, next, candidate, snapshot, log, configuration);
            }
            case EntriesStored(long from, List<Entry> entries) -> {
                RaftLog next = log.replaced(from, entries);
                boolean same = from > configuration.index()
                        && entries.stream().noneMatch(entry -> entry.content() instanceof Seated);
                Configuration seated = same ? configuration : configurationIn(next, Long.MAX_VALUE, snapshot);
                yield new DurableState(self, group, term, vote, snapshot, next, seated);
            }
            case Checkpointed all -> {
                RaftLog next =
                        RaftLog.startingAfter(all.base()).replaced(all.base().index() + 1, all.entries());
                yield new DurableState(
                        all.self(),
                        all.group(),
                        all.term(),
                        all.candidate(),
                        all.snapshot(),
                        next,
                        configurationIn(next, Long.MAX_VALUE, all.snapshot()));
            }
        };
    }

    /** Who was a member when the log ended there. */
    Configuration configurationAt(long index) {
        return configuration.index() <= index ? configuration : configurationIn(log, index, snapshot);
    }

    private static Configuration configurationIn(RaftLog log, long upTo, @Nullable Snapshot snapshot) {
        long oldest = snapshot == null ? 0 : snapshot.last().index();
        for (long index = Math.min(upTo, log.lastIndex());
                index > Math.max(oldest, log.base().index());
                index--) {
            if (log.entry(index).content() instanceof Seated(var seats)) {
                return new Configuration(index, seats);
            }
        }
        return snapshot == null ? Configuration.NONE : snapshot.configuration();
    }
}
