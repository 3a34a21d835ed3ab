package skein.coordination.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skein.coordination.core.Ask.Opening;
import skein.coordination.core.Ask.Reading;
import skein.coordination.core.Ask.UnderWay;
import skein.coordination.core.Ask.Waiting;
import skein.coordination.core.ClusterChange.Appointed;
import skein.coordination.core.ClusterChange.CoordinatorForgotten;
import skein.coordination.core.ClusterChange.CoordinatorNamed;
import skein.coordination.core.ClusterChange.Opened;
import skein.coordination.core.CoordinatorEffect.Admit;
import skein.coordination.core.CoordinatorEffect.Disconnect;
import skein.coordination.core.CoordinatorEffect.TakeState;
import skein.coordination.core.CoordinatorInput.Elected;
import skein.coordination.core.CoordinatorInput.Following;
import skein.coordination.core.Purpose.Adding;
import skein.coordination.core.Purpose.AppointFor;
import skein.coordination.core.Purpose.ChangeFor;
import skein.coordination.core.Purpose.Founding;
import skein.coordination.core.Purpose.OwnChange;
import skein.coordination.core.Purpose.Removing;
import skein.coordination.core.Purpose.SettingFor;
import skein.coordination.core.Purpose.Yielding;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.RaftProtocol.Committed;
import skein.protocol.RaftProtocol.NotLeading;
import skein.protocol.RaftProtocol.Refused;
import skein.protocol.RaftProtocol.Reply;
import skein.protocol.RaftProtocol.Unknown;

/** What Raft tells, and what becomes of the one who waits for it. Part of {@link CoordinatorCore}. */
final class RaftRules {
    /** So many entries may be replayed at a start. */
    private static final int ENTRIES_PER_STATE = 200;

    private RaftRules() {}

    static void applied(Turn turn, long index, ClusterChange change) {
        Memory memory = turn.memory;
        ClusterState before = memory.cluster;
        memory.cluster = before.evolve(change);
        memory.index = index;
        boolean admits = !before.users().equals(memory.cluster.users());
        if (admits) {
            turn.effects.add(new Admit(memory.cluster.users()));
        }
        // who the users are is known at the next start before any leader has been heard
        if (admits || index - memory.takenIndex >= ENTRIES_PER_STATE) {
            memory.takenIndex = index;
            turn.effects.add(new TakeState(index, memory.cluster));
        }
        Lead lead = memory.lead;
        if (lead != null && !before.equals(memory.cluster)) {
            noticed(turn, lead, change);
        }
    }

    private static void noticed(Turn turn, Lead lead, ClusterChange change) {
        if (change instanceof Appointed(var row)) {
            lead.handover = null;
            lead.logsWhenOpened = Map.of();
            lead.watches.replaceAll((name, watch) -> watch.unfit(-1));
            if (row.from().equals(row.to())) {
                FailoverRules.awaitInstead(turn, row.reign());
            }
            turn.note(
                    Happening.MAIN_APPOINTED,
                    "reign " + row.reign() + ": " + row.to() + " is appointed MAIN"
                            + (row.from().isEmpty() ? "" : " after " + row.from()) + ", because of: " + row.cause()
                            + "; "
                            + row.chosen());
        }
        if (change instanceof Opened(long reign, var instance, long durationMillis)) {
            lead.tried = List.of();
            if (lead.failoverReign == reign) {
                lead.settledAt = turn.now() + FailoverRules.settlingMillis(turn.settings());
            }
            turn.note(Happening.MAIN_OPENED, "reign " + reign + ": opened after " + durationMillis + " ms");
            FailoverRules.tellOpened(turn, reign);
        }
    }

    static void installed(Turn turn, long index, ClusterState state) {
        turn.memory.cluster = state;
        turn.effects.add(new Admit(state.users()));
        turn.memory.index = index;
        turn.memory.takenIndex = index;
    }

    static void elected(Turn turn, Elected elected) {
        turn.memory.leader = Optional.empty();
        turn.memory.lead = new Lead(elected.term(), turn.now(), elected.fresh());
        turn.note(Happening.LEADERSHIP_GAINED, "leads the coordinators in term " + elected.term());
    }

    static void following(Turn turn, Following following) {
        Memory memory = turn.memory;
        memory.leader = following.leader().filter(leader -> leader.id() != memory.self.id());
        Lead lead = memory.lead;
        if (lead == null) {
            return;
        }
        lead.watches.keySet().forEach(name -> turn.effects.add(new Disconnect(name)));
        memory.lead = null;
        turn.note(Happening.LEADERSHIP_LOST, "does not lead the coordinators any more, as of term " + following.term());
        memory.tickets().forEach(ticket -> stopped(turn, ticket));
    }

    private static void stopped(Turn turn, long ticket) {
        Ask ask = turn.memory.asks.get(ticket);
        if (ask == null) {
            return;
        }
        switch (ask.stage()) {
            case UnderWay(), Reading() -> {}
            case Opening(long reign) -> turn.tell(ticket, new Done(Notices.notOpenYet(reign)));
            case Waiting(), Ask.WaitingForLease(), Ask.HandingOver() -> turn.refuse(ticket, Refusals.leadershipLost());
        }
    }

    static void concluded(Turn turn, long number, Reply reply) {
        Purpose purpose = turn.memory.purposes.remove(number);
        if (purpose == null) {
            return;
        }
        switch (reply) {
            case Committed(long index) -> committed(turn, purpose);
            case NotLeading(var leader) -> notLeading(turn, purpose);
            case Unknown() -> unknown(turn, purpose);
            case Refused(var reason) -> ticketOf(purpose).ifPresent(ticket -> turn.refuse(ticket, reason));
        }
    }

    private static void committed(Turn turn, Purpose purpose) {
        switch (purpose) {
            case OwnChange(), Founding() -> {}
            case Purpose.Vouching ignored -> {}
            case ChangeFor(long ticket, var notifications) -> turn.tell(ticket, new Done(notifications));
            case SettingFor(long ticket, var setting, var value, var notifications) ->
                turn.tell(ticket, new Done(notifications));
            case AppointFor(long ticket, long reign) -> {
                turn.stage(ticket, new Opening(reign));
                FailoverRules.tellOpened(turn, reign);
            }
            case Adding(long ticket, var request, var notifications) ->
                turn.propose(
                        new CoordinatorNamed(new CoordinatorAddress(request.id(), request.bolt())),
                        new ChangeFor(ticket, notifications));
            case Removing(long ticket, int id) ->
                turn.propose(new CoordinatorForgotten(id), new ChangeFor(ticket, Notices.removed(id)));
            case Yielding(long ticket) -> turn.tell(ticket, new Done(Notices.yielded()));
            case Purpose.Reading(long ticket) -> ShowRules.confirmed(turn, ticket);
        }
    }

    private static void notLeading(Turn turn, Purpose purpose) {
        if (purpose instanceof Purpose.Reading(long ticket)) {
            RequestRules.unavailable(turn, ticket);
        } else if (purpose instanceof Founding) {
            RequestRules.notFounded(turn);
        } else {
            ticketOf(purpose).ifPresent(ticket -> turn.refuse(ticket, Refusals.leadershipLost()));
        }
    }

    private static void unknown(Turn turn, Purpose purpose) {
        ticketOf(purpose).ifPresent(ticket -> turn.refuse(ticket, Refusals.unknown("leadership was lost meanwhile")));
    }

    private static Optional<Long> ticketOf(Purpose purpose) {
        return switch (purpose) {
            case OwnChange(), Founding() -> Optional.empty();
            case Purpose.Vouching ignored -> Optional.empty();
            case ChangeFor(long ticket, var notifications) -> Optional.of(ticket);
            case SettingFor(long ticket, var setting, var value, var notifications) -> Optional.of(ticket);
            case AppointFor(long ticket, long reign) -> Optional.of(ticket);
            case Adding(long ticket, var request, var notifications) -> Optional.of(ticket);
            case Removing(long ticket, int id) -> Optional.of(ticket);
            case Yielding(long ticket) -> Optional.of(ticket);
            case Purpose.Reading(long ticket) -> Optional.of(ticket);
        };
    }
}
