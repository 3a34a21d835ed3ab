package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.OwnLogs.OwnLog;
import skein.role.core.PeerAnswer.Denied;
import skein.role.core.PeerAnswer.Given;
import skein.role.core.PeerAnswer.Silent;
import skein.role.core.Promotion.Asked;
import skein.role.core.RoleEffect.AskPeers;
import skein.role.core.RoleEffect.ClosePort;
import skein.role.core.RoleEffect.DecideSystem;
import skein.role.core.RoleEffect.Depose;
import skein.role.core.RoleEffect.LeavePeers;
import skein.role.core.RoleEffect.PullTail;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEffect.StandStill;
import skein.role.core.RoleEffect.WithdrawFrom;
import skein.role.core.RoleEvent.BecameMain;
import skein.role.core.RoleEvent.EpochPledged;
import skein.role.core.RoleEvent.PledgeWithdrawn;
import skein.role.core.RoleEvent.Promoted;
import skein.role.core.RoleInput.PeerAnswered;
import skein.role.core.RoleInput.SetMain;
import skein.role.core.RoleInput.StoodStill;
import skein.role.core.RoleInput.TailMissed;
import skein.role.core.RoleInput.TailPulled;
import skein.role.core.RolePhase.OpeningReign;
import skein.role.core.RolePhase.Promoting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Promise;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Epoch;
import skein.vocabulary.SkeinException;

/**
 * How a REPLICA becomes MAIN and keeps the whole valid tail: it asks all other members to take nothing below its epoch
 * any more, takes over what they hold beyond its own logs, the system database first, and only then opens its reign.
 * Before {@link BecameMain} is durable everything can be undone, and a restart undoes it; afterwards a restart
 * completes it. Part of {@link RoleCore}.
 */
final class PromotionRules {
    /** How often the epoch is raised because a member has seen a higher one. */
    private static final int ROUNDS_MAX = 3;

    private PromotionRules() {}

    static RoleCore begin(RoleCore core, SetMain wish, List<RoleEffect> effects) {
        UUID self = core.state().instance();
        OptionalLong number = ReignRules.wished(core, wish);
        if (number.isEmpty()) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(ManagedWords.reignTooLow(core, wish.reign()))));
            return core;
        }
        Epoch epoch = new Epoch(number.getAsLong(), wish.fresh().reign());
        UUID tenure = wish.reign() == 0 ? wish.fresh().tenure() : ReignRules.tenureOf(self, wish.reign());
        Promise promise = new Promise(self, wish.self(), tenure, epoch);
        Memberships memberships = new Memberships(wish.memberships());
        List<Peer> peers = peersOf(memberships, wish, self);
        Promotion promotion = new Promotion(
                wish.ticket(), wish.force(), promise, memberships, 0, List.of(), null, false, false, List.of());
        if (peers.isEmpty()) {
            return alone(core, promotion, effects);
        }
        RoleCore next = promise(core, promise, effects);
        // what the MAIN before still has on its way must not arrive after the logs were compared
        effects.add(new Depose(Reason.LOWER_EPOCH, "this replica is being promoted in epoch " + epoch.text()));
        effects.add(new StandStill());
        return ask(next, promotion.asking(peers), peers, wish.system(), effects);
    }

    /** Those that the system database names, and whoever else is known by other ways. */
    private static List<Peer> peersOf(Memberships memberships, SetMain wish, UUID self) {
        List<Peer> peers = new ArrayList<>(memberships.peersOf(self));
        for (Peer other : wish.others()) {
            if (peers.stream().noneMatch(peer -> peer.address().equals(other.address()))) {
                peers.add(other);
            }
        }
        return peers;
    }

    /** Nobody else is known, or nobody knows where to ask. */
    private static RoleCore alone(RoleCore core, Promotion promotion, List<RoleEffect> effects) {
        Optional<SkeinException> refusal = PromotionWords.quorumMissed(promotion.isSettled());
        if (refusal.isPresent() && !promotion.force()) {
            effects.add(new Reply(promotion.ticket(), new RoleReply.Refused(refusal.get())));
            return core;
        }
        return become(core, PromotionWords.goingOn(core, promotion), effects);
    }

    private static RoleCore promise(RoleCore core, Promise promise, List<RoleEffect> effects) {
        return core.persist(
                new EpochPledged(promise.instance(), promise.name(), promise.tenure(), promise.epoch()), effects);
    }

    private static RoleCore ask(
            RoleCore core, Promotion promotion, List<Peer> peers, UUID system, List<RoleEffect> effects) {
        effects.add(new AskPeers(peers, promotion.pledge(system)));
        return core.in(new Promoting(promotion));
    }

    static RoleCore stoodStill(RoleCore core, StoodStill input, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Promoting(Promotion promotion))) {
            return core;
        }
        boolean decided = promotion.own() != null;
        Promotion next = promotion.with(input.own()).with(input.memberships()).working(false);
        return advance(core, decided ? next.isSettled() : next, effects);
    }

    static RoleCore peerAnswered(RoleCore core, PeerAnswered input, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Promoting(Promotion promotion))
                || !input.epoch().equals(promotion.promise().epoch())
                || promotion.awaited().stream()
                        .noneMatch(peer -> peer.instance().equals(input.peer()))) {
            return core;
        }
        return advance(core, promotion.answered(input.peer(), ofItself(core, promotion, input)), effects);
    }

    /** Another instance at the same address, after its disk was wiped for example, does not hold what that one held. */
    private static PeerAnswer ofItself(RoleCore core, Promotion promotion, PeerAnswered input) {
        return input.answer() instanceof Given(Report report)
                        && (report.instance().equals(core.state().instance())
                                || !report.instance().equals(input.peer()) && promotion.isKnown(input.peer()))
                ? new Silent("another instance, " + report.replica() + ", answers there")
                : input.answer();
    }

    static RoleCore tailPulled(RoleCore core, TailPulled input, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Promoting(Promotion promotion)) || promotion.own() == null) {
            return core;
        }
        Promotion next = promotion
                .with(promotion.own().with(input.now()))
                .with(input.memberships())
                .working(false)
                .noting(PromotionWords.pulled(input));
        return advance(core, next, effects);
    }

    /** Without the records of a member that has gone away meanwhile, things are as if it had never answered. */
    static RoleCore tailMissed(RoleCore core, TailMissed input, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Promoting(Promotion promotion)) || promotion.own() == null) {
            return core;
        }
        Promotion next = promotion.with(promotion.own().with(input.now())).working(false);
        if (!input.isHeld() && !promotion.force()) {
            return refuse(core, next, PromotionWords.tooFarBehind(input), effects);
        }
        return advance(core, next.answered(input.peer().instance(), new Silent(input.message())), effects);
    }

    private static RoleCore advance(RoleCore core, Promotion promotion, List<RoleEffect> effects) {
        if (promotion.isWaiting() || promotion.own() == null) {
            return core.in(new Promoting(promotion));
        }
        UUID system = promotion.own().system().id();
        long higher = higherEpoch(promotion);
        if (higher >= promotion.promise().epoch().number() && promotion.rounds() < ROUNDS_MAX) {
            OptionalLong above = ReignRules.raised(core, higher);
            return above.isPresent()
                    ? rise(core, promotion, above.getAsLong(), system, effects)
                    : refuse(core, promotion, ManagedWords.reignOutranked(promotion, higher), effects);
        }
        List<Peer> unasked = promotion.unasked();
        if (!unasked.isEmpty()) {
            return ask(core, promotion.asking(unasked), unasked, system, effects);
        }
        Optional<SkeinException> refusal = PromotionWords.quorumMissed(promotion);
        if (refusal.isPresent() && !promotion.force()) {
            return refuse(core, promotion, refusal.get(), effects);
        }
        return inherit(core, promotion, effects);
    }

    private static long higherEpoch(Promotion promotion) {
        return promotion.asked().stream()
                .map(Asked::answer)
                .mapToLong(answer -> answer instanceof Denied(Reason reason, long number, String ignored)
                                && reason == Reason.LOWER_EPOCH
                        ? number
                        : -1)
                .reduce(-1, Math::max);
    }

    private static RoleCore rise(
            RoleCore core, Promotion promotion, long number, UUID system, List<RoleEffect> effects) {
        Promise before = promotion.promise();
        Promise raised = new Promise(
                before.instance(),
                before.name(),
                before.tenure(),
                new Epoch(number, before.epoch().reign()));
        Promotion next = promotion.rising(raised);
        return ask(promise(core, raised, effects), next, next.awaited(), system, effects);
    }

    /** The system database first: it may name databases that are not known here yet. */
    private static RoleCore inherit(RoleCore core, Promotion promotion, List<RoleEffect> effects) {
        OwnLogs own = promotion.own();
        if (own == null) {
            return core.in(new Promoting(promotion));
        }
        for (OwnLog log : own.all()) {
            Optional<TailChoice> choice = TailChoice.of(log, promotion.asked());
            if (choice.isPresent()) {
                effects.add(new PullTail(
                        choice.get().peer(),
                        log.database(),
                        promotion.promise().epoch(),
                        choice.get().afterLsn(),
                        choice.get().end()));
                return core.in(new Promoting(promotion.working(true)));
            }
            if (!promotion.settled()) {
                effects.add(new DecideSystem(TailChoice.decidedLsn(log, promotion.asked())));
                return core.in(new Promoting(promotion.working(true)));
            }
        }
        return become(core, PromotionWords.concluded(core, promotion), effects);
    }

    private static RoleCore become(RoleCore core, Promotion promotion, List<RoleEffect> effects) {
        Promise promise = promotion.promise();
        RoleCore next = reigning(core, promotion, effects);
        if (!promotion.asked().isEmpty()) {
            effects.add(new LeavePeers());
        }
        effects.add(new Depose(Reason.NOT_REPLICA, "this instance has become MAIN"));
        effects.add(new ClosePort());
        effects.add(ReignRules.openReign(next, promise.epoch()));
        return next.in(new OpeningReign(promotion.ticket(), promotion.notes()));
    }

    /** Forced, an instance goes on alone; otherwise with those on whom decisions depended. */
    private static RoleCore reigning(RoleCore core, Promotion promotion, List<RoleEffect> effects) {
        Promise promise = promotion.promise();
        Memberships before = promotion.memberships();
        List<Registration> carried = promotion.force() ? List.of() : before.carriedOver(promise.instance());
        boolean needsQuorum = !promotion.force() && before.needQuorum();
        RoleEvent event = carried.isEmpty() && !needsQuorum
                ? new BecameMain(promise.tenure(), promise.epoch())
                : new Promoted(promise.tenure(), promise.epoch(), carried, needsQuorum);
        return core.with(core.book().reigning(before.all(), needsQuorum, Members.inQuorum(carried)))
                .persist(event, effects);
    }

    /** Those who have pledged are told, so that the MAIN before finds them as they were. */
    private static RoleCore refuse(
            RoleCore core, Promotion promotion, SkeinException reason, List<RoleEffect> effects) {
        RoleCore next = core.persist(new PledgeWithdrawn(promotion.promise().epoch()), effects);
        effects.add(new WithdrawFrom(promotion.peers(), promotion.promise().epoch()));
        effects.add(new Reply(promotion.ticket(), new RoleReply.Refused(reason)));
        return next.in(new Steady());
    }

    /** A promotion that a restart has interrupted is undone. */
    static RoleCore undone(RoleCore core, Replica replica, List<RoleEffect> effects) {
        Promise promise = replica.promise();
        if (promise == null || !promise.instance().equals(replica.instance())) {
            return core;
        }
        RoleCore next = core.persist(new PledgeWithdrawn(promise.epoch()), effects);
        effects.add(
                new WithdrawFrom(new Memberships(core.book().standing()).peersOf(replica.instance()), promise.epoch()));
        return next;
    }
}
