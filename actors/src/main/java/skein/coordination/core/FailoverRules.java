package skein.coordination.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.Ask.Opening;
import skein.coordination.core.CandidateRules.Candidate;
import skein.coordination.core.ClusterChange.Appointed;
import skein.coordination.core.Purpose.OwnChange;
import skein.protocol.CoordinatorProtocol.Done;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.InstanceName;

/** When somebody else has to be MAIN, and who. Part of {@link CoordinatorCore}. */
final class FailoverRules {
    /** After a failover, or a round of appointments in vain, so many times the down timeout pass before another one. */
    private static final int SETTLING_TIMES = 2;

    /** An appointed instance that works on it, and has no trouble, is given so many times the down timeout. */
    private static final int PATIENCE_TIMES = 6;

    private FailoverRules() {}

    static long settlingMillis(CoordinatorSettings settings) {
        return SETTLING_TIMES * settings.downMillis();
    }

    static void consider(Turn turn, Lead lead) {
        Optional<Appointment> main = turn.cluster().main();
        if (turn.isBusy() || main.isEmpty() || turn.cluster().paused()) {
            return;
        }
        Optional<String> cause = cause(turn, main.get());
        if (cause.isEmpty()) {
            lead.waitingNoted = false;
            return;
        }
        boolean settling = main.get().opened() && turn.now() < lead.settledAt;
        if (!settling && mayAppoint(turn, lead)) {
            failOver(turn, lead, main.get(), cause.get());
        }
    }

    private static void failOver(Turn turn, Lead lead, Appointment main, String cause) {
        if (!main.opened() && !lead.tried.contains(main.name())) {
            lead.tried = with(lead.tried, main.name());
        }
        List<Candidate> ranked = CandidateRules.ranked(turn);
        Optional<Candidate> best = best(ranked, main.name(), lead.tried);
        if (best.isEmpty() && lead.tried.stream().anyMatch(name -> !name.equals(main.name()))) {
            best = best(ranked, main.name(), List.of(main.name()));
            if (best.isPresent() && isResting(turn, lead, main, cause)) {
                return;
            }
            lead.tried = List.of(main.name());
        }
        if (best.isEmpty()) {
            noteWaiting(turn, lead, main, cause, ranked);
            return;
        }
        lead.failoverReign = Terms.next(turn);
        turn.propose(
                appointed(turn, main.name(), best.get(), cause, startedAt(turn, main.name()), ranked), new OwnChange());
    }

    /**
     * Everybody was tried in vain: before the round begins again, the last one is given some more time, since whatever
     * keeps all of them from it is not changed by asking faster, and every appointment costs everybody a reign. One
     * that is silent is not waited for.
     */
    private static boolean isResting(Turn turn, Lead lead, Appointment main, String cause) {
        if (turn.watch(main.name())
                .filter(watch -> watch.isAlive(turn.now(), turn.settings()))
                .isEmpty()) {
            return false;
        }
        if (lead.roundEndedReign != main.reign()) {
            lead.roundEndedReign = main.reign();
            lead.roundRestsUntil = turn.now() + settlingMillis(turn.settings());
            turn.note(
                    Happening.FAILOVER_IN_VAIN,
                    "no failover from " + main.name() + " (" + cause + "): everybody eligible was appointed in vain ("
                            + String.join(
                                    ", ",
                                    lead.tried.stream().map(InstanceName::value).toList())
                            + "). The next round begins in " + Words.seconds(settlingMillis(turn.settings()))
                            + " if " + main.name() + " is not MAIN by then.");
        }
        return turn.now() < lead.roundRestsUntil;
    }

    private static List<InstanceName> with(List<InstanceName> names, InstanceName name) {
        List<InstanceName> next = new ArrayList<>(names);
        next.add(name);
        return next;
    }

    /** The best by rank that was not tried in vain; never the one that fails right now. */
    static Optional<Candidate> best(List<Candidate> ranked, InstanceName failing, List<InstanceName> tried) {
        return ranked.stream()
                .filter(candidate ->
                        candidate.eligible() && !candidate.name().equals(failing) && !tried.contains(candidate.name()))
                .findFirst();
    }

    private static void noteWaiting(Turn turn, Lead lead, Appointment main, String cause, List<Candidate> ranked) {
        if (!lead.waitingNoted) {
            lead.waitingNoted = true;
            turn.note(
                    Happening.FAILOVER_IMPOSSIBLE,
                    "no failover from " + main.name() + " (" + cause + "): nobody is eligible. "
                            + String.join(
                                    "; ", ranked.stream().map(Candidate::text).toList()));
        }
    }

    static Appointed appointed(
            Turn turn, InstanceName from, Candidate to, String cause, long startedWallMillis, List<Candidate> ranked) {
        long others = ranked.stream().filter(Candidate::eligible).count() - 1;
        String why = to.eligible()
                ? to.reason() + (others > 0 ? "; the longest log of " + (others + 1) : "; the only one eligible")
                : "was named; it " + to.reason();
        return new Appointed(new FailoverRow(
                Terms.next(turn),
                from.value(),
                to.name().value(),
                cause,
                startedWallMillis,
                -1,
                ranked.stream().map(Candidate::text).toList(),
                to.name() + " " + why,
                -1));
    }

    /** By a command, where there is no MAIN. */
    static Appointed asked(
            Turn turn, @Nullable Appointment before, Candidate to, String cause, List<Candidate> ranked) {
        return new Appointed(new FailoverRow(
                Terms.next(turn),
                before == null ? "" : before.name().value(),
                to.name().value(),
                cause,
                turn.moment.wallMillis(),
                -1,
                ranked.stream().map(Candidate::text).toList(),
                to.name() + " was named; it " + to.reason(),
                -1));
    }

    private static long startedAt(Turn turn, InstanceName main) {
        long silent =
                turn.watch(main).map(watch -> turn.now() - watch.heardAt()).orElse(0L);
        return turn.moment.wallMillis() - silent;
    }

    /** Why the MAIN cannot stay; empty when it can. */
    private static Optional<String> cause(Turn turn, Appointment main) {
        Optional<Watch> found = turn.watch(main.name());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Watch watch = found.get();
        if (!watch.isAlive(turn.now(), turn.settings())) {
            return Optional.of("no answer for " + Words.seconds(turn.now() - watch.heardAt()));
        }
        long unfit = watch.unfitSince() < 0 ? 0 : turn.now() - watch.unfitSince();
        if (main.opened() && unfit >= turn.settings().downMillis()) {
            return Optional.of("it answers, but has not reigned for " + Words.seconds(unfit) + because(watch));
        }
        boolean failing = !watch.trouble().isEmpty() && unfit >= turn.settings().downMillis();
        return !main.opened()
                        && (failing || unfit >= PATIENCE_TIMES * turn.settings().downMillis())
                ? Optional.of("it was not promoted within " + Words.seconds(unfit) + because(watch))
                : Optional.empty();
    }

    private static String because(Watch watch) {
        return watch.trouble().isEmpty() ? "" : ": " + watch.trouble();
    }

    /**
     * True when the MAIN of the last opened reign cannot take writes any more: it has said that it follows, or whatever
     * lease it was given has run out, also one that a leader before this one gave.
     */
    static boolean mayAppoint(Turn turn, Lead lead) {
        Appointment last = turn.cluster().appointment();
        if (last == null || !last.opened()) {
            return true;
        }
        return turn.now() >= leaseOverAt(turn.memory, lead) || (last.ended() && obeys(turn, last.name()));
    }

    static long leaseOverAt(Memory memory, Lead lead) {
        long longest = Math.max(memory.cluster.settings().downMillis(), memory.cluster.leaseMillisBefore());
        return Math.max(lead.grantedUntil, lead.since + longest);
    }

    private static boolean obeys(Turn turn, InstanceName name) {
        return turn.watch(name)
                .flatMap(Watch::presentReport)
                .map(Report::kind)
                .filter(kind -> kind == Kind.REPLICA)
                .isPresent();
    }

    /** The same instance reigns under a higher number: whoever waited for it goes on to wait. */
    static void awaitInstead(Turn turn, long reign) {
        for (long ticket : turn.memory.tickets()) {
            Ask ask = turn.memory.asks.get(ticket);
            if (ask != null && ask.stage() instanceof Opening) {
                turn.stage(ticket, new Opening(reign));
            }
        }
    }

    /** Whoever waited for this reign. */
    static void tellOpened(Turn turn, long reign) {
        boolean open = turn.cluster()
                .main()
                .filter(main -> main.reign() == reign && main.opened())
                .isPresent();
        for (long ticket : turn.memory.tickets()) {
            Ask ask = turn.memory.asks.get(ticket);
            if (open && ask != null && ask.stage() instanceof Opening(long awaited) && awaited == reign) {
                turn.tell(
                        ticket,
                        new Done(Notices.namedAlthoughBarred(
                                turn.cluster(),
                                turn.cluster().main().orElseThrow().name())));
            }
        }
    }
}
