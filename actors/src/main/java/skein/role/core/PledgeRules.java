package skein.role.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.PledgeRefused;
import skein.protocol.ReplicationProtocol.Reason;
import skein.role.core.RoleEffect.Answer;
import skein.role.core.RoleEffect.AnswerPledged;
import skein.role.core.RoleEffect.Depose;
import skein.role.core.RoleEffect.Refuse;
import skein.role.core.RoleEffect.ShareTail;
import skein.role.core.RoleEvent.EpochPledged;
import skein.role.core.RoleEvent.PledgeWithdrawn;
import skein.role.core.RoleInput.PledgeReceived;
import skein.role.core.RoleInput.PullReceived;
import skein.role.core.RoleInput.WithdrawReceived;
import skein.role.core.RoleState.Following;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Epoch;

/**
 * What a REPLICA does for another that is being promoted: it takes nothing below that epoch from then on, and shares
 * what it holds. Part of {@link RoleCore}.
 */
final class PledgeRules {
    private PledgeRules() {}

    static RoleCore pledgeReceived(RoleCore core, PledgeReceived input, List<RoleEffect> effects) {
        Optional<PledgeRefused> refusal = refusal(core, input);
        if (refusal.isPresent()) {
            effects.add(new Answer(input.connection(), refusal.get()));
            return core;
        }
        Pledge pledge = input.pledge();
        RoleCore next = core;
        if (!isPromised(core, pledge)) {
            next = core.persist(
                    new EpochPledged(pledge.instance(), pledge.name(), pledge.tenure(), pledge.epoch()), effects);
            // what is on its way must neither be logged nor acknowledged after the answer has said what is held
            effects.add(new Depose(
                    Reason.LOWER_EPOCH,
                    pledge.name() + " is being promoted in epoch "
                            + pledge.epoch().text()));
        }
        effects.add(new AnswerPledged(input.connection()));
        return next;
    }

    private static Optional<PledgeRefused> refusal(RoleCore core, PledgeReceived input) {
        Pledge pledge = input.pledge();
        Optional<Refuse> general = ReplicaRules.refusal(core, input.connection(), pledge.version());
        if (general.isPresent()) {
            return Optional.of(
                    refused(core, general.get().reason(), general.get().message()));
        }
        Replica replica = (Replica) core.state();
        Following following = replica.following();
        UUID system = following == null ? input.system() : following.system().id();
        if (!system.equals(pledge.system())) {
            String whom = following == null ? "nobody" : following.main().name().value();
            return Optional.of(refused(
                    core, Reason.OTHER_MAIN, "it has other databases than " + pledge.name() + " and obeys " + whom));
        }
        if (pledge.epoch().number() <= replica.epochNumber() && !isPromised(core, pledge)) {
            return Optional.of(refused(
                    core, Reason.LOWER_EPOCH, "it has accepted or pledged epoch " + Epoch.text(replica.epochNumber())));
        }
        return Optional.empty();
    }

    private static PledgeRefused refused(RoleCore core, Reason reason, String message) {
        return new PledgeRefused(reason, core.state().epochNumber(), message);
    }

    private static boolean isPromised(RoleCore core, Pledge pledge) {
        return core.state() instanceof Replica replica
                && replica.promise() != null
                && replica.promise().instance().equals(pledge.instance())
                && replica.promise().epoch().equals(pledge.epoch());
    }

    /** Those that were made before and since, to whomever, stand. */
    static RoleCore withdrawReceived(RoleCore core, WithdrawReceived input, List<RoleEffect> effects) {
        if (!(core.state() instanceof Replica replica)) {
            return core;
        }
        // the number may have been raised since this member pledged; the reign's identity stays
        return replica.promises().stream()
                .filter(promise -> promise.epoch().reign().equals(input.epoch().reign())
                        && !promise.instance().equals(replica.instance()))
                .findFirst()
                .map(promise -> core.persist(new PledgeWithdrawn(promise.epoch()), effects))
                .orElse(core);
    }

    static RoleCore pullReceived(RoleCore core, PullReceived input, List<RoleEffect> effects) {
        boolean promised = core.state() instanceof Replica replica
                && replica.promise() != null
                && replica.promise().epoch().equals(input.pull().epoch());
        effects.add(
                promised
                        ? new ShareTail(input.connection(), input.pull())
                        : new Refuse(
                                input.connection(),
                                Reason.LOWER_EPOCH,
                                "this replica no longer stands by its pledge of epoch "
                                        + input.pull().epoch().text()));
        return core;
    }
}
