package skein.role.core;

import java.util.List;
import skein.role.core.RoleEffect.BindPort;
import skein.role.core.RoleEffect.ClosePort;
import skein.role.core.RoleEffect.Drain;
import skein.role.core.RoleEffect.Follow;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEvent.ClusterChosen;
import skein.role.core.RoleEvent.Commissioned;
import skein.role.core.RoleInput.Drop;
import skein.role.core.RoleInput.JoinCluster;
import skein.role.core.RoleInput.Recovered;
import skein.role.core.RoleInput.Register;
import skein.role.core.RoleInput.SetMain;
import skein.role.core.RoleInput.SetReplica;
import skein.role.core.RolePhase.Binding;
import skein.role.core.RolePhase.Draining;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Fresh;
import skein.role.core.RoleState.Main;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Epoch;
import skein.vocabulary.SkeinException;

/**
 * How an instance lives that coordinators tell what to be: it begins as nothing, opens no reign by itself, and takes
 * role commands from them alone. A reign is the term of its epochs. Part of {@link RoleCore}.
 */
final class ManagedRules {
    private ManagedRules() {}

    /** A start before anybody has said what this instance is, or of a MAIN. */
    static RoleCore begin(RoleCore core, Recovered input, List<RoleEffect> effects) {
        RoleCore next =
                core.with(new Oversight(true, core.state() instanceof Main)).in(new Steady());
        return switch (core.state()) {
            case Fresh _ -> {
                RoleCore commissioned =
                        next.persist(new Commissioned(input.fresh().tenure()), effects);
                effects.add(new Follow());
                yield commissioned;
            }
            case Replica replica -> {
                RoleCore undone = PromotionRules.undone(next, replica, effects);
                effects.add(new Follow());
                yield undone;
            }
            case Main _ -> next;
        };
    }

    /** Every other start. Whoever is started without coordinators leaves theirs. */
    static RoleCore ofItself(RoleCore core, Recovered input, List<RoleEffect> effects) {
        RoleCore next = core.with(new Oversight(input.managed(), false));
        return input.managed() || core.state().cluster().equals(Registration.UNKNOWN)
                ? next
                : next.persist(new ClusterChosen(Registration.UNKNOWN), effects);
    }

    /** An operator's command on the instance itself. */
    static RoleCore refused(RoleCore core, long ticket, List<RoleEffect> effects) {
        return refuse(core, ticket, ManagedWords.managed(), effects);
    }

    private static RoleCore refuse(RoleCore core, long ticket, SkeinException reason, List<RoleEffect> effects) {
        effects.add(new Reply(ticket, new RoleReply.Refused(reason)));
        return core;
    }

    private static RoleCore done(RoleCore core, long ticket, List<RoleEffect> effects) {
        effects.add(new Reply(ticket, new RoleReply.Done(List.of())));
        return core;
    }

    static RoleCore assigned(RoleCore core, RoleInput wish, List<RoleEffect> effects) {
        return switch (wish) {
            case SetMain main -> setMain(core, main, effects);
            case SetReplica replica -> setReplica(core, replica, effects);
            case Register(long ticket, Registration registration, boolean resync) ->
                stands(core)
                        ? EnlistingRules.register(core, ticket, registration, resync, effects)
                        : refuse(core, ticket, ManagedWords.noMain(), effects);
            case Drop drop ->
                stands(core)
                        ? DroppingRules.drop(core, drop, effects)
                        : refuse(core, drop.ticket(), ManagedWords.noMain(), effects);
            default -> throw new IllegalArgumentException("nothing that coordinators wish: " + wish);
        };
    }

    /** True for a MAIN whose reign was opened since it started. */
    private static boolean stands(RoleCore core) {
        return core.state() instanceof Main && !core.oversight().waiting();
    }

    private static boolean isBusy(RoleCore core, long ticket, List<RoleEffect> effects) {
        if (core.phase() instanceof Steady) {
            return false;
        }
        refuse(core, ticket, RoleRefusals.busy(core.phase()), effects);
        return true;
    }

    private static RoleCore setMain(RoleCore core, SetMain wish, List<RoleEffect> effects) {
        if (isBusy(core, wish.ticket(), effects)) {
            return core;
        }
        if (!(core.state() instanceof Main main)) {
            return PromotionRules.begin(core, wish, effects);
        }
        if (Epoch.termOf(main.epoch().number()) != wish.reign()) {
            return refuse(core, wish.ticket(), ManagedWords.otherReign(main, wish.reign()), effects);
        }
        return core.oversight().waiting() ? ReignRules.goOn(core, wish, effects) : done(core, wish.ticket(), effects);
    }

    /** Port 0: step down, and listen nowhere until somebody says where. */
    private static RoleCore setReplica(RoleCore core, SetReplica wish, List<RoleEffect> effects) {
        if (isBusy(core, wish.ticket(), effects)) {
            return core;
        }
        if (core.state() instanceof Replica replica) {
            if (replica.port() == wish.port()) {
                return done(core, wish.ticket(), effects);
            }
            effects.add(new ClosePort());
        }
        if (wish.port() == 0) {
            effects.add(new Drain());
            return core.in(new Draining(0, wish.ticket()));
        }
        effects.add(new BindPort(wish.port()));
        return core.in(new Binding(wish.port(), wish.ticket()));
    }

    /** Once and for all: coordinators of another group are not followed. */
    static RoleCore joinCluster(RoleCore core, JoinCluster wish, List<RoleEffect> effects) {
        if (core.state().cluster().equals(wish.cluster())) {
            return done(core, wish.ticket(), effects);
        }
        if (!core.state().cluster().equals(Registration.UNKNOWN)) {
            return refuse(
                    core, wish.ticket(), ManagedWords.otherCluster(core.state().cluster(), wish.cluster()), effects);
        }
        return done(core.persist(new ClusterChosen(wish.cluster()), effects), wish.ticket(), effects);
    }
}
