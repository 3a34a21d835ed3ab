package skein.coordination.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import skein.coordination.core.CoordinatorInput.Applied;
import skein.coordination.core.CoordinatorInput.Asked;
import skein.coordination.core.CoordinatorInput.Concluded;
import skein.coordination.core.CoordinatorInput.Elected;
import skein.coordination.core.CoordinatorInput.Following;
import skein.coordination.core.CoordinatorInput.Installed;
import skein.coordination.core.CoordinatorInput.InstanceSaid;
import skein.coordination.core.CoordinatorInput.LeaderAnswered;
import skein.coordination.core.CoordinatorInput.LineClosed;
import skein.coordination.core.CoordinatorInput.LineOpened;
import skein.coordination.core.CoordinatorInput.MembersChanged;
import skein.coordination.core.CoordinatorInput.RelayBroken;
import skein.coordination.core.CoordinatorInput.RelayMissed;
import skein.coordination.core.CoordinatorInput.StatusTold;
import skein.coordination.core.CoordinatorInput.Tick;
import skein.vocabulary.Invariant;
import skein.vocabulary.Step;

/**
 * A coordinator. Rules, each with a scenario in {@code scenario/coordination}:
 *
 * <ul>
 *   <li>Raft first: nobody is told anything that is not committed. Assignments are made of the applied state alone.
 *   <li>One change at a time, so that what was checked still holds when it is committed; settings that wait go
 *       together, each checked on those before it.
 *   <li>Only the leader decides and speaks with instances; the others pass requests on and say its answer.
 *   <li>Nobody is appointed before the MAIN before can have no lease any more, has handed over, or has obeyed.
 *   <li>Only holders are appointed: the MAIN of the last opened reign and who caught up in it.
 *   <li>An appointed instance takes writes when it is committed that its reign is opened, not before.
 *   <li>Every request is answered, at the latest when its patience is over, and at once when nobody leads.
 * </ul>
 */
public final class CoordinatorCore {
    private final Memory memory;

    private CoordinatorCore(Memory memory) {
        this.memory = memory;
    }

    /** Before Raft has told anything. */
    public static CoordinatorCore starting(Identity self) {
        return new CoordinatorCore(new Memory(self));
    }

    public ClusterState cluster() {
        return memory.cluster;
    }

    public boolean leads() {
        return memory.lead != null;
    }

    /** When it wants to be woken at the latest, if nothing happens before. */
    public OptionalLong wakeAt() {
        return WakeRules.wakeAt(memory);
    }

    public Step<CoordinatorCore, CoordinatorEffect> step(Moment moment, CoordinatorInput input) {
        List<CoordinatorEffect> effects = new ArrayList<>();
        Turn turn = new Turn(new Memory(memory), moment, effects);
        WatchRules.wake(turn);
        take(turn, input);
        goOn(turn);
        Invariant.check(
                turn.memory.purposes.values().stream().filter(Purpose::isChange).count() <= 1
                        || turn.isBusyWithSettings(),
                "two changes are under way");
        return new Step<>(new CoordinatorCore(turn.memory), effects);
    }

    private static void take(Turn turn, CoordinatorInput input) {
        switch (input) {
            case Tick() -> {}
            case Asked asked -> RequestRules.asked(turn, asked);
            case LeaderAnswered(long ticket, var answer) -> turn.tell(ticket, answer);
            case RelayBroken(long ticket, String why) -> RequestRules.relayBroken(turn, ticket, why);
            case RelayMissed(long ticket) -> RequestRules.relayMissed(turn, ticket);
            case Applied(long index, ClusterChange change) -> RaftRules.applied(turn, index, change);
            case Installed(long index, ClusterState state) -> RaftRules.installed(turn, index, state);
            case Elected elected -> RaftRules.elected(turn, elected);
            case Following following -> RaftRules.following(turn, following);
            case MembersChanged(var members) -> turn.memory.members = members;
            case Concluded(long number, var reply) -> RaftRules.concluded(turn, number, reply);
            case StatusTold(long number, var status) -> ShowRules.statusTold(turn, number, status);
            case LineOpened(var name) -> {
                LeaseRules.forget(turn, name);
                turn.watch(name, Watch::opened);
            }
            case LineClosed(var name, String why) -> WatchRules.lineClosed(turn, name);
            case InstanceSaid(var name, var message) -> WatchRules.said(turn, name, message);
        }
    }

    /** What is due is worked out anew after every input; nothing is remembered as to be done later. */
    private static void goOn(Turn turn) {
        Optional<Lead> lead = Optional.ofNullable(turn.lead());
        lead.ifPresent(leading -> {
            WatchRules.align(turn, leading);
            ReignRules.consider(turn, leading);
            HandoverRules.consider(turn, leading);
            FailoverRules.consider(turn, leading);
        });
        RequestRules.consider(turn);
        lead.ifPresent(leading -> AssignmentRules.send(turn, leading));
    }
}
