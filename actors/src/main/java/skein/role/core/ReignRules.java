package skein.role.core;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.RoleEffect.GiveUp;
import skein.role.core.RoleEffect.OpenReign;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEvent.BecameMain;
import skein.role.core.RoleEvent.ReignOpened;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleInput.OwnDatabases;
import skein.role.core.RoleInput.Recovered;
import skein.role.core.RoleInput.SetMain;
import skein.role.core.RolePhase.OpeningReign;
import skein.role.core.RoleState.Fresh;
import skein.role.core.RoleState.Main;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Epoch;

/**
 * Which number a reign takes. A promotion takes the next term, above everything that it and those who gave their pledge
 * have seen. Whoever asks nobody stays in the term of its own promotion: a MAIN that starts again never outranks one
 * that was promoted meanwhile. Part of {@link RoleCore}.
 */
final class ReignRules {
    private ReignRules() {}

    /** What comes of a wish to be obeyed by an instance that has seen an epoch. */
    sealed interface Verdict {
        /** The reign is high enough. */
        record Enough() implements Verdict {}

        /** Another one is needed first. */
        record Rise(long number) implements Verdict {}

        /** None that this MAIN may take without the word of others. */
        record Outranked(String reason) implements Verdict {}
    }

    static long promoted(RoleCore core, long epochInLogs) {
        return Epoch.promotedAbove(Math.max(core.state().epochNumber(), epochInLogs));
    }

    /**
     * The number that a promotion takes. A reign that coordinators gave is this instance's alone: what was seen of it
     * was an attempt of its own, above which it goes on. Empty when the reign is not above all others.
     */
    static OptionalLong wished(RoleCore core, SetMain wish) {
        if (wish.reign() == 0) {
            return OptionalLong.of(promoted(core, wish.epochInLogs()));
        }
        long seen = Math.max(core.state().epochNumber(), wish.epochInLogs());
        if (Epoch.termOf(seen) < wish.reign()) {
            return OptionalLong.of(Epoch.firstOf(wish.reign()));
        }
        boolean own = core.state() instanceof Replica replica && isOwn(replica, wish.reign());
        return Epoch.termOf(seen) == wish.reign() && own && Epoch.hasRestartAfter(seen)
                ? OptionalLong.of(seen + 1)
                : OptionalLong.empty();
    }

    /** False when somebody else was promoted in this term. */
    private static boolean isOwn(Replica replica, long reign) {
        boolean obeysOther = replica.following() != null
                && Epoch.termOf(replica.following().main().epoch().number()) == reign;
        boolean pledgedToOther =
                replica.promise() != null && !replica.promise().instance().equals(replica.instance());
        return !obeysOther && !pledgedToOther;
    }

    /** A number above one that a member has seen. Empty when it would be beyond the reign that coordinators gave. */
    static OptionalLong raised(RoleCore core, long higher) {
        if (!core.oversight().managed()) {
            return OptionalLong.of(Epoch.promotedAbove(higher));
        }
        return Epoch.termOf(higher) == Epoch.termOf(core.state().epochNumber()) && Epoch.hasRestartAfter(higher)
                ? OptionalLong.of(higher + 1)
                : OptionalLong.empty();
    }

    /** A reign that coordinators gave is one tenure, however often it is begun. */
    static UUID tenureOf(UUID instance, long reign) {
        return new UUID(instance.getMostSignificantBits(), instance.getLeastSignificantBits() ^ reign << Integer.SIZE);
    }

    /** A MAIN that has started again goes on in the reign that is still its own. */
    static RoleCore goOn(RoleCore core, SetMain wish, List<RoleEffect> effects) {
        Main main = core.main();
        long seen = Math.max(main.epoch().number(), wish.epochInLogs());
        if (Epoch.termOf(seen) != wish.reign() || !Epoch.hasRestartAfter(seen)) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(ManagedWords.reignTooLow(core, wish.reign()))));
            return core;
        }
        Epoch epoch = new Epoch(seen + 1, wish.fresh().reign());
        RoleCore next = core.with(core.book().reigning(wish.memberships(), main.needsQuorum(), main.quorumJoined()))
                .persist(new ReignOpened(epoch), effects);
        effects.add(openReign(next, epoch));
        return next.with(next.oversight().reigning()).in(new OpeningReign(wish.ticket(), List.of()));
    }

    /** A start as MAIN. */
    static RoleCore begin(RoleCore core, Recovered input, List<RoleEffect> effects) {
        if (input.restore() && core.state() instanceof Main main) {
            return again(core, main, input, effects);
        }
        long seen = Math.max(core.state().epochNumber(), input.epochInLogs());
        long number = core.state() instanceof Fresh && seen == 0 ? 1 : Epoch.promotedAbove(seen);
        Epoch epoch = new Epoch(number, input.fresh().reign());
        RoleCore next = core.persist(new BecameMain(input.fresh().tenure(), epoch), effects);
        for (Registration forgotten : next.state().replicas()) {
            next = next.persist(new ReplicaDropped(forgotten.name()), effects);
        }
        return opening(next.with(next.book().reigning(input.memberships(), false, 0)), epoch, effects);
    }

    private static RoleCore again(RoleCore core, Main main, Recovered input, List<RoleEffect> effects) {
        long seen = Math.max(main.epoch().number(), input.epochInLogs());
        boolean sameTerm = Epoch.termOf(seen) == Epoch.termOf(main.epoch().number());
        if ((!sameTerm || !Epoch.hasRestartAfter(seen)) && main.hasPromised()) {
            effects.add(
                    new GiveUp("the MAIN of epoch " + main.epoch().text() + " cannot open another reign in its term,"
                            + " because its logs have reached epoch " + Epoch.text(seen)
                            + ", and with STRICT_SYNC or QUORUM replicas a higher one needs their pledges. Promote one of the replicas, or"
                            + " start this instance once with --replication-restore-state-on-startup=false"));
            return core;
        }
        long number = sameTerm && Epoch.hasRestartAfter(seen) ? seen + 1 : Epoch.promotedAbove(seen);
        Epoch epoch = new Epoch(number, input.fresh().reign());
        RoleCore next = core.with(core.book().reigning(input.memberships(), main.needsQuorum(), main.quorumJoined()));
        return opening(next.persist(new ReignOpened(epoch), effects), epoch, effects);
    }

    private static RoleCore opening(RoleCore core, Epoch epoch, List<RoleEffect> effects) {
        effects.add(openReign(core, epoch));
        return core.in(new OpeningReign(null, List.of()));
    }

    static OpenReign openReign(RoleCore core, Epoch epoch) {
        MemberBook book = core.book();
        return new OpenReign(
                epoch,
                Math.max(book.quorum(), book.quorumInForce()),
                core.main().needsQuorum() ? book.quorumInForce() : 0);
    }

    /**
     * Whether a replica that reported this can obey. It does so within its MAIN's tenure, and beyond it only when the
     * term is higher, or when what it has seen was another cluster's.
     */
    static Verdict above(RoleCore core, Report report, OwnDatabases own) {
        long seen = report.epochNumber();
        Main main = core.main();
        long mine = main.epoch().number();
        boolean ours = report.tenure().equals(main.tenure());
        boolean competes = !core.oversight().managed() && competes(report, main, own);
        if (seen < mine && !competes || ours && seen <= mine) {
            return new Verdict.Enough();
        }
        if (Epoch.termOf(seen) == Epoch.termOf(mine) && !competes && Epoch.hasRestartAfter(seen)) {
            return new Verdict.Rise(seen + 1);
        }
        if (core.oversight().managed()) {
            return new Verdict.Outranked("it has seen epoch " + Epoch.text(seen) + ", this MAIN reigns in "
                    + Epoch.text(mine) + ", and only the coordinators can give it a higher reign");
        }
        return main.needsQuorum()
                ? new Verdict.Outranked("it has seen epoch " + Epoch.text(seen) + ", this MAIN reigns in "
                        + Epoch.text(mine) + ", and with QUORUM replicas a higher term needs their pledges. If this"
                        + " instance is to be obeyed nevertheless, make it a REPLICA and MAIN again")
                : new Verdict.Rise(Epoch.promotedAbove(Math.max(seen, mine)));
    }

    /**
     * True when it obeys another MAIN that was promoted in the same term, and that may start again at any time. With
     * coordinators there is none: they give a term to one instance.
     */
    private static boolean competes(Report report, Main main, OwnDatabases own) {
        long term = Epoch.termOf(report.epochNumber());
        return term > 0
                && term == Epoch.termOf(main.epoch().number())
                && !report.tenure().equals(main.tenure())
                && !report.tenure().equals(Registration.UNKNOWN)
                && report.system()
                        .database()
                        .id()
                        .equals(own.system().database().id());
    }
}
