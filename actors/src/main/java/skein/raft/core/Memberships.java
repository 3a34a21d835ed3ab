package skein.raft.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.RaftPeerProtocol.Entry;
import skein.protocol.RaftPeerProtocol.Invite;
import skein.protocol.RaftPeerProtocol.Invited;
import skein.protocol.RaftPeerProtocol.Position;
import skein.protocol.RaftPeerProtocol.Seat;
import skein.protocol.RaftPeerProtocol.Seated;
import skein.protocol.RaftPeerProtocol.Server;
import skein.protocol.RaftPeerProtocol.Stranger;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.Member;
import skein.raft.core.Leadership.Change;
import skein.raft.core.Leadership.Invitation;
import skein.raft.core.RaftEvent.Checkpointed;
import skein.raft.core.RaftInput.ToFound;

/**
 * How a group comes to be and changes: by one member at a time, and by the next one only after that was committed. Who
 * is to join is asked first who it is, follows without a vote, and votes once it has all that is committed.
 */
final class Memberships {
    static final int VERSION = 1;

    private Memberships() {}

    static void toFound(Turn turn, ToFound found) {
        Leadership own = turn.leadership();
        if (turn.durable.belongs() || found.self().id() != turn.self().id()) {
            if (own == null) {
                turn.replyNotLeading(found.ticket());
            } else {
                Reads.asked(turn, found.ticket());
            }
            return;
        }
        Seat seat = new Seat(found.self(), turn.self().instance(), true);
        turn.record(new Checkpointed(
                turn.self(),
                found.group(),
                turn.term() + 1,
                null,
                null,
                Position.START,
                List.of(new Entry(turn.term() + 1, new Seated(List.of(seat))))));
        Elections.stand(turn, false, false);
        Reads.asked(turn, found.ticket());
    }

    static void toAdd(Turn turn, long ticket, Member member) {
        Leadership own = turn.leadership();
        Seat seat = turn.configuration().seat(member.id());
        if (own == null) {
            turn.replyNotLeading(ticket);
        } else if (seat != null && !seat.voting() && seat.member().equals(member)) {
            // it is joining: whoever asks now hears of it, too
            List<Long> tickets = new ArrayList<>(own.change == null ? List.of() : own.change.tickets());
            tickets.add(ticket);
            own.change = new Change(tickets, member.id(), false);
        } else if (seat != null) {
            turn.reply(ticket, Refusals.isMember(member));
        } else if (isListening(turn, member)) {
            turn.reply(ticket, Refusals.addressInUse(member));
        } else if (isChanging(turn, own, null)) {
            turn.reply(ticket, Refusals.changing());
        } else {
            own.invitation = new Invitation(ticket, member, turn.now + 2 * turn.settings.electionNanosMax());
            invite(turn, own.invitation);
        }
    }

    private static boolean isListening(Turn turn, Member member) {
        return turn.configuration().members().stream()
                .anyMatch(other -> other.coordinator().equals(member.coordinator()));
    }

    /** @param except whoever is just joining does not count */
    private static boolean isChanging(Turn turn, Leadership own, @Nullable Integer except) {
        boolean joining = turn.configuration().seats().stream()
                .anyMatch(seat ->
                        !seat.voting() && (except == null || seat.member().id() != except));
        return own.invitation != null || own.transfer != null || joining || !isCommitted(turn, own);
    }

    /** What an earlier leader left behind is certain only with an entry of this one's own. */
    private static boolean isCommitted(Turn turn, Leadership own) {
        return turn.committed() >= own.openedIndex
                && turn.committed() >= turn.configuration().index();
    }

    private static void invite(Turn turn, Invitation invitation) {
        turn.send(invitation.member().id(), new Invite(VERSION, turn.group(), turn.self(), invitation.member()));
    }

    static void lineOpened(Turn turn, int id) {
        Leadership own = turn.leadership();
        if (own != null && own.invitation != null && own.invitation.member().id() == id) {
            invite(turn, own.invitation);
        }
    }

    static void invited(Turn turn, Invite invite) {
        Optional<UUID> group = turn.durable.belongs() ? Optional.of(turn.group()) : Optional.empty();
        turn.send(invite.from().id(), new Invited(VERSION, turn.self(), group, invite.member()));
    }

    static void answered(Turn turn, Invited answer) {
        Leadership own = turn.leadership();
        Invitation invitation = own == null ? null : own.invitation;
        if (own == null || invitation == null || !answer.member().equals(invitation.member())) {
            return;
        }
        own.invitation = null;
        long ticket = invitation.ticket();
        Member member = invitation.member();
        if (answer.from().id() != member.id()) {
            turn.reply(ticket, Refusals.isAnother(member, answer.from().id()));
        } else if (answer.group().isPresent() && !answer.group().get().equals(turn.group())) {
            turn.reply(ticket, Refusals.holdsEntries(member));
        } else if (isChanging(turn, own, null)) {
            turn.reply(ticket, Refusals.changing());
        } else {
            own.change = new Change(List.of(ticket), member.id(), false);
            seat(turn, own, new Seat(member, answer.from().instance(), false));
        }
    }

    /** With this seat, in the place of the one that has the same id. */
    private static void seat(Turn turn, Leadership own, Seat seat) {
        List<Seat> seats = without(turn, seat.member().id());
        seats.add(seat);
        seats.sort(Comparator.comparingInt(other -> other.member().id()));
        Leading.append(turn, own, List.of(new Seated(seats)));
    }

    private static List<Seat> without(Turn turn, int id) {
        List<Seat> seats = new ArrayList<>(turn.configuration().seats());
        seats.removeIf(seat -> seat.member().id() == id);
        return seats;
    }

    static void toRemove(Turn turn, long ticket, int id) {
        Leadership own = turn.leadership();
        if (own == null) {
            turn.replyNotLeading(ticket);
        } else if (turn.configuration().seat(id) == null) {
            turn.reply(ticket, Refusals.noMember(id));
        } else if (id == turn.self().id()) {
            turn.reply(ticket, Refusals.leads(id));
        } else if (isChanging(turn, own, id)) {
            turn.reply(ticket, Refusals.changing());
        } else {
            if (own.change != null) {
                own.change.tickets().forEach(earlier -> turn.reply(earlier, Refusals.wasRemoved(id)));
            }
            own.change = new Change(List.of(ticket), id, true);
            Leading.append(turn, own, List.of(new Seated(without(turn, id))));
        }
    }

    /** The leader speaks to everybody in the configuration, and for a while to whom it has just left. */
    static void lead(Turn turn, Leadership own) {
        for (Seat seat : turn.configuration().seats()) {
            int id = seat.member().id();
            Seat left = own.departing.remove(id);
            if (left != null && !left.server().equals(seat.server())) {
                // the same id with another data directory has nothing of what the other had
                own.others.remove(id);
            }
            if (!seat.server().equals(turn.self())) {
                own.others.computeIfAbsent(id, _ -> Progress.unknown(turn.log().lastIndex() + 1, turn.now));
            }
        }
        for (int id : List.copyOf(own.others.keySet())) {
            if (turn.configuration().seat(id) == null && !own.departing.containsKey(id)) {
                Seat seat = turn.durable
                        .configurationAt(turn.configuration().index() - 1)
                        .seat(id);
                if (seat == null) {
                    own.others.remove(id);
                } else {
                    own.departing.put(id, seat);
                }
            }
        }
    }

    /** Something was committed: a change may be over, a member may get its vote. */
    static void advance(Turn turn, Leadership own) {
        if (!isCommitted(turn, own)) {
            return;
        }
        Change change = own.change;
        if (change != null) {
            Seat seat = turn.configuration().seat(change.id());
            if (change.removal() ? seat == null : seat != null && seat.voting()) {
                long index = turn.configuration().index();
                change.tickets().forEach(ticket -> turn.reply(ticket, new Committed(index)));
                own.change = null;
            }
        }
        for (Seat seat : turn.configuration().seats()) {
            Progress progress = own.others.get(seat.member().id());
            if (!seat.voting() && progress != null && isCurrent(turn, progress) && own.transfer == null) {
                seat(turn, own, new Seat(seat.member(), seat.instance(), true));
                return;
            }
        }
    }

    private static boolean isCurrent(Turn turn, Progress progress) {
        return progress.matched() >= turn.committed()
                && turn.now - progress.contactNanos() < turn.settings.electionNanosMin();
    }

    /** A member has answered. */
    static void heard(Turn turn, Leadership own, int id) {
        advance(turn, own);
        Progress progress = own.others.get(id);
        boolean knows = progress != null
                && progress.matched() >= turn.configuration().index()
                && progress.told() >= turn.configuration().index();
        if (own.departing.containsKey(id) && knows) {
            own.departing.remove(id);
            own.others.remove(id);
        }
    }

    static void tick(Turn turn, Leadership own) {
        Invitation invitation = own.invitation;
        if (invitation == null) {
            return;
        }
        if (turn.now >= invitation.deadlineNanos()) {
            own.invitation = null;
            turn.reply(invitation.ticket(), Refusals.doesNotAnswer(invitation.member()));
        } else if (turn.now >= own.heartbeatNanos) {
            invite(turn, invitation);
        }
    }

    /** A member came back with another data directory: nothing that it says counts. */
    static void stranger(Turn turn, Stranger stranger) {
        Leadership own = turn.leadership();
        Seat seat = turn.configuration().seat(stranger.from().id());
        Progress progress = own == null ? null : own.others.get(stranger.from().id());
        if (own == null || seat == null || progress == null || progress.strange()) {
            return;
        }
        Server known = seat.server();
        if (!known.equals(stranger.from())) {
            own.others.put(known.id(), progress.strange(true));
            turn.warn(Refusals.stranger(seat.member()));
        }
    }
}
