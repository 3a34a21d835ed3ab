package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import skein.role.core.RoleEffect.BindPort;
import skein.role.core.RoleEffect.Drain;
import skein.role.core.RoleEffect.Follow;
import skein.role.core.RoleEffect.GiveUp;
import skein.role.core.RoleEffect.Persist;
import skein.role.core.RoleEffect.PointTo;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEffect.ReplyLag;
import skein.role.core.RoleEffect.ReplyReplicas;
import skein.role.core.RoleEffect.ReplyWhenCovered;
import skein.role.core.RoleEffect.StartStreams;
import skein.role.core.RoleEvent.BecameReplica;
import skein.role.core.RoleInput.Assigned;
import skein.role.core.RoleInput.CatalogueChanged;
import skein.role.core.RoleInput.CatalogueUnchanged;
import skein.role.core.RoleInput.ChangeDatabases;
import skein.role.core.RoleInput.ChangeSetting;
import skein.role.core.RoleInput.ChangeUsers;
import skein.role.core.RoleInput.CheckMembers;
import skein.role.core.RoleInput.Covered;
import skein.role.core.RoleInput.Drained;
import skein.role.core.RoleInput.Drop;
import skein.role.core.RoleInput.EnlistFailed;
import skein.role.core.RoleInput.EnlistReceived;
import skein.role.core.RoleInput.ForwardingOffered;
import skein.role.core.RoleInput.HelloReceived;
import skein.role.core.RoleInput.JoinCluster;
import skein.role.core.RoleInput.MembersRecorded;
import skein.role.core.RoleInput.MembersWritten;
import skein.role.core.RoleInput.NotCovered;
import skein.role.core.RoleInput.ObeyReceived;
import skein.role.core.RoleInput.PeerAnswered;
import skein.role.core.RoleInput.PledgeReceived;
import skein.role.core.RoleInput.PortBound;
import skein.role.core.RoleInput.PortRefused;
import skein.role.core.RoleInput.PullReceived;
import skein.role.core.RoleInput.Recovered;
import skein.role.core.RoleInput.Register;
import skein.role.core.RoleInput.ReignStands;
import skein.role.core.RoleInput.ReplicaCaughtUp;
import skein.role.core.RoleInput.ReplicaObeys;
import skein.role.core.RoleInput.Reported;
import skein.role.core.RoleInput.SetMain;
import skein.role.core.RoleInput.SetReplica;
import skein.role.core.RoleInput.ShowLag;
import skein.role.core.RoleInput.ShowReplicas;
import skein.role.core.RoleInput.ShowRole;
import skein.role.core.RoleInput.StoodStill;
import skein.role.core.RoleInput.TailMissed;
import skein.role.core.RoleInput.TailPulled;
import skein.role.core.RoleInput.WithdrawReceived;
import skein.role.core.RolePhase.Binding;
import skein.role.core.RolePhase.Draining;
import skein.role.core.RolePhase.EnlistStage;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.OpeningReign;
import skein.role.core.RolePhase.Starting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Main;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Invariant;
import skein.vocabulary.Notification;
import skein.vocabulary.Step;

/**
 * What an instance is, and how it becomes something else. Rules, each with a scenario in {@code scenario/role}:
 *
 * <ul>
 *   <li>Every start of a MAIN, and every promotion, opens a reign above all that were ever seen here: first the event,
 *       then the EPOCH records, then writes. A promotion takes the next term, a start stays in its term.
 *   <li>Who holds copies is recorded so that no promotion is content with too few answers.
 *   <li>A registration is all or nothing: the replica durably obeys before the MAIN persists it.
 *   <li>A replica obeys one tenure, and nobody below the highest epoch it has accepted. Its own replicas follow it to
 *       whatever MAIN it obeys or becomes.
 *   <li>Databases and users are changed by a MAIN alone, one at a time, by a record of the system database.
 *   <li>A MAIN never becomes a replica on a port it cannot listen on.
 * </ul>
 *
 * @param state what the journal remembers
 * @param phase what is under way
 * @param book what is recorded about who holds copies
 * @param oversight whether coordinators say what the instance is
 */
public record RoleCore(RoleState state, RolePhase phase, MemberBook book, Oversight oversight) {

    private static final int PORT_MAX = 65_535;

    /** Before the journal was read. */
    public static RoleCore starting() {
        return new RoleCore(RoleState.fresh(), new Starting(), MemberBook.empty(), Oversight.NONE);
    }

    /** With the state that the journal gave. */
    public RoleCore withState(RoleState replayed) {
        return new RoleCore(replayed, phase, book, oversight);
    }

    public Step<RoleCore, RoleEffect> step(RoleInput input) {
        var effects = new ArrayList<RoleEffect>();
        RoleCore next = take(input, effects);
        return new Step<>(next, effects);
    }

    private RoleCore take(RoleInput input, List<RoleEffect> effects) {
        return switch (input) {
            case Assigned(RoleInput wish) -> ManagedRules.assigned(this, wish, effects);
            case SetMain wish when oversight.managed() -> ManagedRules.refused(this, wish.ticket(), effects);
            case SetReplica wish when oversight.managed() -> ManagedRules.refused(this, wish.ticket(), effects);
            case Register wish when oversight.managed() -> ManagedRules.refused(this, wish.ticket(), effects);
            case Drop wish when oversight.managed() -> ManagedRules.refused(this, wish.ticket(), effects);
            case JoinCluster wish -> ManagedRules.joinCluster(this, wish, effects);
            case Recovered recovered ->
                with(MemberBook.opened(recovered.memberships(), recovered.quorum()))
                        .recovered(recovered, effects);
            case ReignStands() -> reignStands(effects);
            case PortBound(var address) -> portBound(effects);
            case PortRefused(String message) -> portRefused(message, effects);
            case Drained() -> drained(effects);
            case SetMain wish -> setMain(wish, effects);
            case SetReplica wish -> setReplica(wish, effects);
            case Register(long ticket, Registration registration, boolean resync) ->
                EnlistingRules.register(this, ticket, registration, resync, effects);
            case Drop wish -> DroppingRules.drop(this, wish, effects);
            case ChangeDatabases wish -> SystemRules.changeDatabases(this, wish, effects);
            case ChangeUsers wish -> SystemRules.changeUsers(this, wish, effects);
            case ChangeSetting wish -> SystemRules.changeSetting(this, wish, effects);
            case CatalogueChanged(var warnings) -> SystemRules.catalogueChanged(this, warnings, effects);
            case CatalogueUnchanged(var reason) -> SystemRules.catalogueUnchanged(this, reason, effects);
            case ShowReplicas(long ticket) -> answer(new ReplyReplicas(ticket), effects);
            case ShowLag(long ticket) -> answer(new ReplyLag(ticket), effects);
            case ShowRole(long ticket) -> {
                effects.add(new Reply(ticket, new RoleReply.Role(!(state instanceof Replica))));
                yield this;
            }
            case StoodStill stood -> PromotionRules.stoodStill(this, stood, effects);
            case PeerAnswered answered -> PromotionRules.peerAnswered(this, answered, effects);
            case TailPulled pulled -> PromotionRules.tailPulled(this, pulled, effects);
            case TailMissed missed -> PromotionRules.tailMissed(this, missed, effects);
            case PledgeReceived pledge -> PledgeRules.pledgeReceived(this, pledge, effects);
            case WithdrawReceived withdraw -> PledgeRules.withdrawReceived(this, withdraw, effects);
            case PullReceived pull -> PledgeRules.pullReceived(this, pull, effects);
            case MembersRecorded(Members members) -> MemberRules.recorded(this, members);
            case MembersWritten() -> MemberRules.written(this);
            case Covered(long round) -> MemberRules.covered(this, round, effects);
            case NotCovered(long round) -> MemberRules.notCovered(this, round, effects);
            case CheckMembers() -> MemberRules.repair(this, effects);
            case Reported reported -> EnlistingRules.reported(this, reported, effects);
            case ReplicaObeys() -> EnlistingRules.replicaObeys(this, effects);
            case ReplicaCaughtUp(var name) -> EnlistingRules.caughtUp(this, name, effects);
            case EnlistFailed(String message) -> EnlistingRules.enlistFailed(this, message, effects);
            case EnlistReceived enlist -> ReplicaRules.enlistReceived(this, enlist, effects);
            case ObeyReceived obey -> ReplicaRules.obeyReceived(this, obey, effects);
            case HelloReceived hello -> ReplicaRules.helloReceived(this, hello, effects);
            case ForwardingOffered offered -> ReplicaRules.forwardingOffered(this, offered, effects);
        };
    }

    private RoleCore recovered(Recovered input, List<RoleEffect> effects) {
        if (input.managed() && !(state instanceof Replica replica && replica.port() > 0)) {
            return ManagedRules.begin(this, input, effects);
        }
        RoleCore begun = ManagedRules.ofItself(this, input, effects);
        // whoever listens nowhere waited for coordinators, which are not there any more
        if (input.restore() && begun.state() instanceof Replica replica && replica.port() > 0) {
            RoleCore next = PromotionRules.undone(begun, replica, effects);
            effects.add(new Follow());
            if (replica.following() != null) {
                effects.add(new PointTo(replica.following().main()));
            }
            effects.add(new BindPort(replica.port()));
            return next.in(new Binding(replica.port(), null));
        }
        return ReignRules.begin(begun, input, effects);
    }

    private RoleCore reignStands(List<RoleEffect> effects) {
        if (phase instanceof Enlisting enlisting) {
            Invariant.check(enlisting.stage() == EnlistStage.RISING, "a reign stands in stage %s", enlisting.stage());
            if (enlisting.failure() != null) {
                return EnlistingRules.notRegistered(this, enlisting, enlisting.failure(), effects);
            }
            effects.add(enlisting.takeover().told(enlisting.reportedEpoch()));
            return in(enlisting.in(EnlistStage.TOLD));
        }
        Invariant.check(phase instanceof OpeningReign, "a reign stands in phase %s", phase);
        main().replicas().forEach(replica -> effects.add(new StartStreams(replica)));
        OpeningReign opening = (OpeningReign) phase;
        if (opening.ticket() != null) {
            List<Notification> notes = new ArrayList<>(RoleNotes.becameMain());
            notes.addAll(opening.notes());
            RoleReply done = new RoleReply.Done(notes);
            effects.add(
                    main().hasPromised()
                            ? new ReplyWhenCovered(opening.ticket(), done)
                            : new Reply(opening.ticket(), done));
        }
        return MemberRules.repair(in(new Steady()), effects);
    }

    private RoleCore portBound(List<RoleEffect> effects) {
        Invariant.check(phase instanceof Binding, "a port was bound in phase %s", phase);
        Binding binding = (Binding) phase;
        if (binding.ticket() == null) {
            state.replicas().forEach(replica -> effects.add(new StartStreams(replica)));
            return in(new Steady());
        }
        effects.add(new Drain());
        return in(new Draining(binding.port(), binding.ticket()));
    }

    private RoleCore portRefused(String message, List<RoleEffect> effects) {
        Invariant.check(phase instanceof Binding, "a port was refused in phase %s", phase);
        Long ticket = ((Binding) phase).ticket();
        if (ticket == null) {
            effects.add(new GiveUp(message));
            return this;
        }
        effects.add(new Reply(ticket, new RoleReply.Refused(RoleRefusals.cannotBecomeReplica(message))));
        return in(new Steady());
    }

    private RoleCore drained(List<RoleEffect> effects) {
        if (!(phase instanceof Draining(int port, long ticket))) {
            return this;
        }
        RoleCore next = persist(new BecameReplica(port), effects);
        // streams end with the reign: dropping the replicas instead would release commits that still wait for them
        effects.add(new Follow());
        effects.add(new Reply(ticket, new RoleReply.Done(RoleNotes.becameReplica(port))));
        return next.with(oversight.following()).in(new Steady());
    }

    private RoleCore setMain(SetMain wish, List<RoleEffect> effects) {
        if (isBusy(wish.ticket(), effects)) {
            return this;
        }
        if (state instanceof Main) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(RoleRefusals.alreadyMain())));
            return this;
        }
        return PromotionRules.begin(this, wish, effects);
    }

    private RoleCore setReplica(SetReplica wish, List<RoleEffect> effects) {
        if (isBusy(wish.ticket(), effects)) {
            return this;
        }
        if (state instanceof Replica) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(RoleRefusals.alreadyReplica())));
            return this;
        }
        if (wish.port() < 1 || wish.port() > PORT_MAX) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(RoleRefusals.portInvalid(wish.port()))));
            return this;
        }
        effects.add(new BindPort(wish.port()));
        return in(new Binding(wish.port(), wish.ticket()));
    }

    private RoleCore answer(RoleEffect answer, List<RoleEffect> effects) {
        effects.add(answer);
        return this;
    }

    /** Commands are taken one at a time; whoever comes in between is told so at once. */
    boolean isBusy(long ticket, List<RoleEffect> effects) {
        if (phase instanceof Steady && !oversight.waiting()) {
            return false;
        }
        if (phase instanceof Steady) {
            effects.add(new Reply(ticket, new RoleReply.Refused(ManagedWords.waiting())));
            return true;
        }
        effects.add(new Reply(ticket, new RoleReply.Refused(RoleRefusals.busy(phase))));
        return true;
    }

    RoleCore persist(RoleEvent event, List<RoleEffect> effects) {
        effects.add(new Persist(event));
        return new RoleCore(state.evolve(event), phase, book, oversight);
    }

    RoleCore in(RolePhase next) {
        return new RoleCore(state, next, book, oversight);
    }

    RoleCore with(MemberBook next) {
        return new RoleCore(state, phase, next, oversight);
    }

    RoleCore with(Oversight next) {
        return new RoleCore(state, phase, book, next);
    }

    Main main() {
        Invariant.check(state instanceof Main, "%s is no MAIN", state);
        return (Main) state;
    }
}
