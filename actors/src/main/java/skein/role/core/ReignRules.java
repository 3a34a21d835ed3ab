package skein.role.core;

import java.util.List;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.RoleEffect.GiveUp;
import skein.role.core.RoleEffect.OpenReign;
import skein.role.core.RoleEvent.BecameMain;
import skein.role.core.RoleEvent.ReignOpened;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleInput.OwnDatabases;
import skein.role.core.RoleInput.Recovered;
import skein.role.core.RolePhase.OpeningReign;
import skein.role.core.RoleState.Fresh;
import skein.role.core.RoleState.Main;
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
        return opening(next.with(next.book().reigning(input.memberships(), false)), epoch, effects);
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
        RoleCore next = core.with(core.book().reigning(input.memberships(), main.needsQuorum()));
        return opening(next.persist(new ReignOpened(epoch), effects), epoch, effects);
    }

    private static RoleCore opening(RoleCore core, Epoch epoch, List<RoleEffect> effects) {
        effects.add(openReign(core, epoch));
        return core.in(new OpeningReign(null, List.of()));
    }

    static OpenReign openReign(RoleCore core, Epoch epoch) {
        return new OpenReign(epoch, core.book().quorumInForce(), core.main().needsQuorum());
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
        if (seen < mine && !competes(report, main, own) || ours && seen <= mine) {
            return new Verdict.Enough();
        }
        if (Epoch.termOf(seen) == Epoch.termOf(mine) && !competes(report, main, own) && Epoch.hasRestartAfter(seen)) {
            return new Verdict.Rise(seen + 1);
        }
        return main.needsQuorum()
                ? new Verdict.Outranked("it has seen epoch " + Epoch.text(seen) + ", this MAIN reigns in "
                        + Epoch.text(mine) + ", and with QUORUM replicas a higher term needs their pledges. If this"
                        + " instance is to be obeyed nevertheless, make it a REPLICA and MAIN again")
                : new Verdict.Rise(Epoch.promotedAbove(Math.max(seen, mine)));
    }

    /** True when it obeys another MAIN that was promoted in the same term, and that may start again at any time. */
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
