package skein.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Content;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Opened;
import skein.protocol.RaftPeerProtocol.Owned;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Unknown;
import skein.raft.core.RaftEvent.EntriesStored;
import skein.raft.core.RaftInput.Proposal;
import skein.raft.core.Standing.Leads;

/** The beginning and the end of a leadership, its entries, and its time. */
final class Leading {
    private static final int PROPOSALS_MAX = 10_000;
    private static final int ENTRY_BYTES_MAX = 8 << 20;

    private Leading() {}

    /** Everything in the log was made durable before this member could be elected. */
    static void begin(Turn turn) {
        long last = turn.log().lastIndex();
        Leadership own = new Leadership(last + 1, last, turn.now + turn.settings.heartbeatNanos());
        turn.standing = new Leads(own);
        Memberships.lead(turn, own);
        append(turn, own, List.of(new Opened()));
    }

    /** Entries of this term at the end of the log. */
    static void append(Turn turn, Leadership own, List<? extends Content> contents) {
        List<Entry> entries = new ArrayList<>();
        contents.forEach(content -> entries.add(new Entry(turn.term(), content)));
        turn.record(new EntriesStored(turn.log().lastIndex() + 1, entries));
        Memberships.lead(turn, own);
        own.others.keySet().forEach(id -> Replication.replicate(turn, own, id));
    }

    static void proposed(Turn turn, List<Proposal> proposals) {
        Leadership own = turn.leadership();
        if (own == null || own.transfer != null) {
            proposals.forEach(proposal -> turn.replyNotLeading(proposal.ticket()));
            return;
        }
        List<Owned> contents = new ArrayList<>();
        for (Proposal proposal : proposals) {
            if (own.proposals.size() >= PROPOSALS_MAX) {
                turn.reply(proposal.ticket(), Refusals.busy(PROPOSALS_MAX + " entries wait to be committed"));
            } else if (proposal.bytes().remaining() > ENTRY_BYTES_MAX) {
                turn.reply(proposal.ticket(), Refusals.tooLarge(proposal.bytes().remaining(), ENTRY_BYTES_MAX));
            } else {
                contents.add(new Owned(proposal.bytes()));
                own.proposals.put(turn.log().lastIndex() + contents.size(), proposal.ticket());
            }
        }
        if (!contents.isEmpty()) {
            append(turn, own, contents);
        }
    }

    /** Entries are committed by counting only if they are of this leader's own term; those before them with them. */
    static void advance(Turn turn, Leadership own) {
        Server self = turn.self();
        long reached = turn.configuration()
                .reachedByQuorum(seat -> seat.server().equals(self)
                        ? own.ownMatched
                        : others(own, seat).matched());
        if (reached <= turn.committed() || turn.log().termAt(reached) != turn.term()) {
            return;
        }
        turn.commit(reached);
        SortedMap<Long, Long> done = own.proposals.headMap(reached + 1);
        done.forEach((index, ticket) -> turn.reply(ticket, new Committed(index)));
        done.clear();
        Memberships.advance(turn, own);
        Reads.begin(turn, own);
        List.copyOf(own.others.keySet()).forEach(id -> Replication.replicate(turn, own, id));
    }

    private static Progress others(Leadership own, Seat seat) {
        return own.others.getOrDefault(seat.member().id(), Progress.unknown(1, Long.MIN_VALUE / 2));
    }

    static long roundReached(Turn turn, Leadership own) {
        Server self = turn.self();
        return turn.configuration()
                .reachedByQuorum(seat -> seat.server().equals(self)
                        ? own.round
                        : others(own, seat).round());
    }

    /** What was asked of it and is not answered. */
    static void ended(Turn turn, Leadership own) {
        own.proposals.values().forEach(ticket -> turn.reply(ticket, new Unknown()));
        own.asked.forEach(turn::replyNotLeading);
        own.underway.forEach(turn::replyNotLeading);
        if (own.invitation != null) {
            turn.replyNotLeading(own.invitation.ticket());
        }
        if (own.change != null) {
            own.change.tickets().forEach(ticket -> turn.reply(ticket, new Unknown()));
        }
        if (own.transfer != null && !own.transfer.sent()) {
            turn.replyNotLeading(own.transfer.ticket());
        }
    }

    static void tick(Turn turn) {
        Leadership own = turn.leadership();
        if (own == null) {
            return;
        }
        if (turn.now >= quorumLostNanos(own, turn.configuration(), turn.self(), turn.settings)) {
            turn.follow(turn.term(), null);
            return;
        }
        Transfers.tick(turn, own);
        Memberships.tick(turn, own);
        if (turn.now >= own.heartbeatNanos) {
            own.heartbeatNanos = turn.now + turn.settings.heartbeatNanos();
            List.copyOf(own.others.keySet()).forEach(id -> Replication.heartbeat(turn, own, id));
        }
    }

    /** When it will have been too long since a majority last answered. */
    static long quorumLostNanos(
            Leadership own, Configuration configuration, @Nullable Server self, RaftSettings settings) {
        long contact = configuration.reachedByQuorum(seat ->
                seat.server().equals(self) ? Long.MAX_VALUE : others(own, seat).contactNanos());
        return contact == Long.MAX_VALUE ? Long.MAX_VALUE : contact + settings.electionNanosMin();
    }

    static long wakeNanos(Leadership own, Configuration configuration, @Nullable Server self, RaftSettings settings) {
        long wake = Math.min(own.heartbeatNanos, quorumLostNanos(own, configuration, self, settings));
        if (own.invitation != null) {
            wake = Math.min(wake, own.invitation.deadlineNanos());
        }
        if (own.transfer != null) {
            wake = Math.min(wake, own.transfer.deadlineNanos());
        }
        return wake;
    }
}
