package skein.raft.core;

import skein.protocol.RaftPeerProtocol.Answer;
import skein.protocol.RaftPeerProtocol.Append;
import skein.protocol.RaftPeerProtocol.Appended;
import skein.protocol.RaftPeerProtocol.AskVote;
import skein.protocol.RaftPeerProtocol.HandOver;
import skein.protocol.RaftPeerProtocol.Header;
import skein.protocol.RaftPeerProtocol.Install;
import skein.protocol.RaftPeerProtocol.Installing;
import skein.protocol.RaftPeerProtocol.Invite;
import skein.protocol.RaftPeerProtocol.Invited;
import skein.protocol.RaftPeerProtocol.Message;
import skein.protocol.RaftPeerProtocol.OfGroup;
import skein.protocol.RaftPeerProtocol.Request;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftPeerProtocol.Stranger;
import skein.protocol.RaftPeerProtocol.Vote;
import skein.raft.core.RaftEvent.GroupEntered;

/** Which messages count, and what their terms mean. */
final class Hearing {
    private Hearing() {}

    static void heard(Turn turn, Message message) {
        switch (message) {
            case Invite invite -> Memberships.invited(turn, invite);
            case Invited answer -> Memberships.answered(turn, answer);
            case Stranger stranger -> Memberships.stranger(turn, stranger);
            case OfGroup ofGroup -> heardOfGroup(turn, ofGroup);
        }
    }

    private static void heardOfGroup(Turn turn, OfGroup message) {
        Header header = message.header();
        if (!header.to().equals(turn.self())) {
            if (message instanceof Request) {
                turn.send(header.from().id(), new Stranger(turn.self(), turn.durable.group()));
            }
        } else if (isOfThisGroup(turn, message) && isCounted(turn, message) && isOfThisTerm(turn, message)) {
            act(turn, message);
        }
    }

    /** Who holds nothing takes up the group of the leader that addresses it. */
    private static boolean isOfThisGroup(Turn turn, OfGroup message) {
        Header header = message.header();
        boolean same = header.group().equals(turn.durable.group());
        if (!same && !turn.durable.belongs() && (message instanceof Append || message instanceof Install)) {
            turn.record(new GroupEntered(header.group()));
            return true;
        }
        return same && (turn.durable.belongs() || !(message instanceof AskVote));
    }

    /** An answer counts only if it comes from the data directory that was taken into the group. */
    private static boolean isCounted(Turn turn, OfGroup message) {
        if (!(message instanceof Answer)) {
            return true;
        }
        Server from = message.from();
        Leadership own = turn.leadership();
        Seat seat = turn.configuration().seat(from.id());
        if (seat == null && own != null) {
            seat = own.departing.get(from.id());
        }
        return seat != null && seat.server().equals(from);
    }

    private static boolean isOfThisTerm(Turn turn, OfGroup message) {
        long term = message.header().term();
        if (message instanceof AskVote ask && Elections.isHeld(turn, ask)) {
            return false;
        }
        if (term < turn.term()) {
            refuse(turn, message);
            return false;
        }
        boolean advance = message instanceof AskVote ask && ask.inAdvance()
                || message instanceof Vote vote && vote.inAdvance() && vote.granted();
        if (term > turn.term() && !advance) {
            turn.follow(term, null);
        }
        return true;
    }

    /** The sender hears of the newer term. */
    private static void refuse(Turn turn, OfGroup message) {
        Server from = message.from();
        switch (message) {
            case Append append -> turn.send(from.id(), new Appended(turn.headerTo(from), 0, 0, 0, append.round()));
            case Install install ->
                turn.send(from.id(), new Installing(turn.headerTo(from), 0, 0, false, install.round()));
            case AskVote ask -> turn.send(from.id(), new Vote(turn.headerTo(from), ask.inAdvance(), false));
            case HandOver _, Vote _, Appended _, Installing _ -> {}
        }
    }

    private static void act(Turn turn, OfGroup message) {
        switch (message) {
            case AskVote ask -> Elections.asked(turn, ask);
            case Vote vote -> Elections.answered(turn, vote);
            case Append append -> Following.append(turn, append);
            case Appended answer -> Replication.appended(turn, answer);
            case Install install -> Following.install(turn, install);
            case Installing answer -> Replication.installing(turn, answer);
            case HandOver _ -> Elections.stand(turn, false, true);
        }
    }
}
