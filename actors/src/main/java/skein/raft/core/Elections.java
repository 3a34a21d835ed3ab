package skein.raft.core;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import skein.protocol.RaftPeerProtocol.AskVote;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftPeerProtocol.Vote;
import skein.raft.core.Standing.Follows;
import skein.raft.core.Standing.Leads;
import skein.raft.core.Standing.Stands;

/** Who stands for election, who is elected, and by whom. */
final class Elections {
    private Elections() {}

    /** A member that has heard no leader for so long asks whether it would be elected. */
    static void tick(Turn turn) {
        long deadline = switch (turn.standing) {
            case Follows follows -> follows.deadlineNanos();
            case Stands stands -> stands.deadlineNanos();
            case Leads _ -> Long.MAX_VALUE;
        };
        if (turn.now < deadline) {
            return;
        }
        if (turn.configuration().isVoter(turn.durable.self())) {
            stand(turn, true, false);
        } else {
            turn.standing = new Follows(null, Long.MIN_VALUE, turn.electionDeadline(), null);
        }
    }

    /** Does nothing without a vote of one's own. */
    static void stand(Turn turn, boolean inAdvance, boolean handedOver) {
        Server self = turn.self();
        if (!turn.configuration().isVoter(self)) {
            return;
        }
        if (!inAdvance) {
            turn.recordVote(turn.term() + 1, self);
        }
        SortedMap<Integer, Boolean> votes = new TreeMap<>();
        votes.put(self.id(), true);
        turn.standing = new Stands(inAdvance, handedOver, votes, turn.electionDeadline());
        if (!wins(turn)) {
            turn.configuration()
                    .voters()
                    .forEach(seat -> ask(turn, seat.member().id()));
        }
    }

    /** Asks a voter that has not answered. */
    static void ask(Turn turn, int id) {
        Seat seat = turn.configuration().seat(id);
        if (!(turn.standing instanceof Stands stands)
                || seat == null
                || !seat.voting()
                || stands.votes().containsKey(id)) {
            return;
        }
        long term = stands.inAdvance() ? turn.term() + 1 : turn.term();
        turn.send(
                id,
                new AskVote(
                        turn.headerTo(seat.server(), term),
                        turn.log().last(),
                        stands.inAdvance(),
                        stands.handedOver()));
    }

    /** True for a member that leads or has just heard a leader: it lets nobody disturb that one. */
    static boolean isHeld(Turn turn, AskVote ask) {
        if (ask.handedOver() || ask.header().term() < turn.term()) {
            return false;
        }
        return switch (turn.standing) {
            case Leads _ -> true;
            case Follows follows ->
                follows.leader() != null && turn.now - follows.heardNanos() < turn.settings.electionNanosMin();
            case Stands _ -> false;
        };
    }

    /** A vote is given once a term, and to nobody whose log lacks what may be committed here. */
    static void asked(Turn turn, AskVote ask) {
        Server candidate = ask.from();
        boolean current = isAtLeast(ask.last(), turn.log().last());
        if (ask.inAdvance()) {
            boolean granted = current && ask.header().term() > turn.term();
            long term = granted ? ask.header().term() : turn.term();
            turn.send(candidate.id(), new Vote(turn.headerTo(candidate, term), true, granted));
            return;
        }
        Server vote = turn.durable.vote();
        boolean led = turn.standing instanceof Follows follows && follows.leader() != null;
        boolean granted = current && (vote == null ? !led : vote.equals(candidate));
        if (granted) {
            turn.recordVote(turn.term(), candidate);
            turn.standing = new Follows(null, Long.MIN_VALUE, turn.electionDeadline(), null);
        }
        turn.send(candidate.id(), new Vote(turn.headerTo(candidate), false, granted));
    }

    private static boolean isAtLeast(Position theirs, Position ours) {
        return theirs.term() > ours.term() || theirs.term() == ours.term() && theirs.index() >= ours.index();
    }

    static void answered(Turn turn, Vote vote) {
        if (!(turn.standing instanceof Stands stands) || stands.inAdvance() != vote.inAdvance()) {
            return;
        }
        if (vote.inAdvance() && vote.granted() && vote.header().term() != turn.term() + 1) {
            return;
        }
        SortedMap<Integer, Boolean> votes = new TreeMap<>(stands.votes());
        votes.put(vote.from().id(), vote.granted());
        turn.standing = new Stands(
                stands.inAdvance(),
                stands.handedOver(),
                Collections.unmodifiableSortedMap(votes),
                stands.deadlineNanos());
        wins(turn);
    }

    private static boolean wins(Turn turn) {
        if (!(turn.standing instanceof Stands stands)) {
            return false;
        }
        long granted = turn.configuration().voters().stream()
                .filter(seat -> stands.votes().getOrDefault(seat.member().id(), false))
                .count();
        if (granted < turn.configuration().quorum()) {
            return false;
        }
        if (stands.inAdvance()) {
            stand(turn, false, false);
        } else {
            Leading.begin(turn);
        }
        return true;
    }
}
