package skein.coordination.core;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.ClusterChange.ClusterNamed;
import skein.coordination.core.ClusterChange.GaveUp;
import skein.coordination.core.ClusterChange.Joined;
import skein.coordination.core.ClusterChange.Opened;
import skein.coordination.core.Purpose.OwnChange;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.InstanceName;

/**
 * What is recorded of a reign: that it is opened, who has joined it, what was given up for it. Part of
 * {@link CoordinatorCore}.
 */
final class ReignRules {
    private ReignRules() {}

    static void consider(Turn turn, Lead lead) {
        if (turn.isBusy()) {
            return;
        }
        if (turn.cluster().cluster().equals(ClusterState.NO_CLUSTER)) {
            turn.propose(new ClusterNamed(lead.fresh), new OwnChange());
            return;
        }
        turn.cluster().main().ifPresent(main -> {
            if (Terms.raise(turn, lead, main)) {
                return;
            }
            if (!main.opened()) {
                open(turn, lead, main);
            } else if (!join(turn, main)) {
                countGivenUp(turn, lead, main);
            }
        });
    }

    private static void open(Turn turn, Lead lead, Appointment main) {
        Optional<Watch> watch = turn.watch(main.name())
                .filter(one -> one.lineUp() && one.reigns(main.reign()))
                .filter(one -> mayOpen(turn, one));
        watch.map(Watch::report).ifPresent(report -> {
            lead.logsWhenOpened = report.logs();
            long duration = rowOf(turn, main.reign())
                    .map(row -> Math.max(0, turn.moment.wallMillis() - row.startedAt()))
                    .orElse(-1L);
            turn.propose(new Opened(main.reign(), report.instance(), duration), new OwnChange());
        });
    }

    /** Where there are holders, only one of them, with the data that it held: its disk may have been wiped since. */
    private static boolean mayOpen(Turn turn, Watch watch) {
        Report report = watch.report();
        return turn.cluster().holders().isEmpty()
                || report != null && turn.cluster().isHolder(watch.name(), report.instance());
    }

    private static Optional<FailoverRow> rowOf(Turn turn, long reign) {
        return turn.cluster().failovers().stream()
                .filter(row -> row.reign() == reign)
                .findFirst();
    }

    private static boolean join(Turn turn, Appointment main) {
        Optional<Report> report = turn.watch(main.name())
                .filter(watch -> watch.reigns(main.reign()))
                .flatMap(Watch::presentReport);
        if (report.isEmpty()
                || !turn.cluster().isHolder(main.name(), report.get().instance())) {
            return false;
        }
        Optional<Holder> joined = report.get().replicas().stream()
                .filter(ReplicaReport::joined)
                .flatMap(replica -> holder(turn, main, replica).stream())
                .filter(holder -> !turn.cluster().holders().contains(holder))
                .findFirst();
        joined.ifPresent(holder -> turn.propose(new Joined(main.reign(), holder), new OwnChange()));
        return joined.isPresent();
    }

    /**
     * Its own word is needed too: that it follows this reign, with the data that MAIN speaks of. An emptied disk may
     * have the name by now, and MAIN said what it says of those that kept up once.
     */
    private static Optional<Holder> holder(Turn turn, Appointment main, ReplicaReport replica) {
        return turn.watch(replica.name())
                .filter(watch -> watch.answers(turn.now(), turn.settings()))
                .map(Watch::report)
                .filter(report -> report.kind() == Kind.REPLICA && report.reign() == main.reign())
                .filter(report -> report.instance().equals(replica.instance()))
                .map(report -> new Holder(replica.name(), report.instance()));
    }

    /** The log of the MAIN before, as it comes back and before it follows. */
    private static void countGivenUp(Turn turn, Lead lead, Appointment main) {
        Optional<FailoverRow> row = rowOf(turn, main.reign()).filter(one -> one.givenUp() < 0 && hadReigned(turn, one));
        if (row.isEmpty() || lead.logsWhenOpened.isEmpty()) {
            return;
        }
        turn.watch(new InstanceName(row.get().from()))
                .filter(watch -> watch.answers(turn.now(), turn.settings()))
                .map(Watch::logs)
                .filter(logs -> !logs.isEmpty())
                .ifPresent(logs -> turn.propose(
                        new GaveUp(main.reign(), beyond(logs, lead.logsWhenOpened, main.reign())), new OwnChange()));
    }

    /** An instance that was appointed and never opened has acknowledged nothing. */
    private static boolean hadReigned(Turn turn, FailoverRow row) {
        return turn.cluster().failovers().stream()
                .filter(before -> before.reign() < row.reign() && !isRaisedInVain(before))
                .findFirst()
                .filter(before -> before.to().equals(row.from()) && before.durationMillis() >= 0)
                .isPresent();
    }

    /** The same instance under a higher number, in which it was never opened either. */
    private static boolean isRaisedInVain(FailoverRow row) {
        return row.from().equals(row.to()) && row.durationMillis() < 0;
    }

    private static long beyond(Map<DatabaseName, LogEnd> logs, Map<DatabaseName, LogEnd> inherited, long reign) {
        return inherited.entrySet().stream()
                .mapToLong(entry -> beyond(logs.get(entry.getKey()), entry.getValue(), reign))
                .sum();
    }

    /** The reign's own EPOCH record is the last that was there when it stood. */
    private static long beyond(@Nullable LogEnd end, LogEnd inherited, long reign) {
        return end == null || Epoch.termOf(end.epoch().number()) >= reign
                ? 0
                : Math.max(0, end.lsn() - (inherited.lsn() - 1));
    }
}
