package skein.coordination.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import skein.coordination.core.ClusterChange.Appointed;
import skein.coordination.core.Purpose.OwnChange;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.InstanceName;

/**
 * Which number the next reign takes. A reign is a term, and nobody follows one below a term that it has accepted: an
 * instance that was promoted without coordinators, or by some that have lost their state, may have accepted any. Part
 * of {@link CoordinatorCore}.
 */
final class Terms {
    /** Beyond what any instance can have reached; who says so is not believed. */
    private static final long TERM_MAX = 1L << 40;

    private Terms() {}

    /** Above the last reign, and above whatever any instance has said that it accepted. */
    static long next(Turn turn) {
        return Math.max(
                        turn.cluster().lastReign(),
                        highest(turn).map(Seen::term).orElse(0L))
                + 1;
    }

    /** @param name who has accepted it */
    private record Seen(InstanceName name, long term) {}

    private static Optional<Seen> highest(Turn turn) {
        return turn.cluster().instances().stream()
                .flatMap(instance -> turn.watch(instance.name()).stream())
                .flatMap(watch -> seen(watch).stream())
                .max(Comparator.comparingLong(Seen::term));
    }

    private static Optional<Seen> seen(Watch watch) {
        return Optional.ofNullable(watch.report())
                .map(Report::reign)
                .filter(term -> term < TERM_MAX)
                .map(term -> new Seen(watch.name(), term));
    }

    /**
     * The MAIN is appointed anew, above a term that somebody has accepted: in its present reign it could not be
     * promoted, or that one could not follow. Who takes no writes yet is given the number at once; an open reign is
     * interrupted only when nothing else is going on and nobody has paused. True when it was proposed.
     */
    static boolean raise(Turn turn, Lead lead, Appointment main) {
        Optional<Seen> above = highest(turn).filter(seen -> seen.term() > main.reign());
        if (above.isEmpty()
                || main.opened() && !isQuiet(turn, lead, main, above.get().name())) {
            return false;
        }
        long term = above.get().term();
        String cause = above.get().name() + " has accepted term " + term + ", above reign " + main.reign();
        turn.propose(
                new Appointed(new FailoverRow(
                        term + 1,
                        main.name().value(),
                        main.name().value(),
                        cause,
                        turn.moment.wallMillis(),
                        -1,
                        List.of(),
                        main.name() + " stays MAIN, in a reign that nobody outranks",
                        -1)),
                new OwnChange());
        return true;
    }

    private static boolean isQuiet(Turn turn, Lead lead, Appointment main, InstanceName above) {
        return lead.handover == null
                && !turn.cluster().paused()
                && answers(turn, main.name())
                && answers(turn, above)
                && turn.watch(main.name())
                        .filter(watch -> watch.reigns(main.reign()))
                        .isPresent();
    }

    private static boolean answers(Turn turn, InstanceName name) {
        return turn.watch(name)
                .filter(watch -> watch.answers(turn.now(), turn.settings()))
                .isPresent();
    }
}
