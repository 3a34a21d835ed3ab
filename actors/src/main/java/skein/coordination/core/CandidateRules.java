package skein.coordination.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.LogEnd;
import skein.protocol.ManagementProtocol.Report;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.InstanceName;
import skein.vocabulary.ReplicationMode;

/** Who could become MAIN, and who of them would. Part of {@link CoordinatorCore}. */
final class CandidateRules {
    private CandidateRules() {}

    /**
     * @param reason what speaks for or against it
     * @param behind records that the MAIN was last known to have and this one does not
     */
    record Candidate(InstanceName name, boolean eligible, String reason, long behind, Map<DatabaseName, LogEnd> logs) {
        String text() {
            return name + ": " + reason;
        }
    }

    /** All registered instances, the best first, those that are not eligible last. */
    static List<Candidate> ranked(Turn turn) {
        List<Candidate> all = new ArrayList<>();
        for (RegisteredInstance instance : turn.cluster().instances()) {
            all.add(candidate(turn, instance));
        }
        Map<DatabaseName, LogEnd> best = longest(all);
        all.sort(Comparator.comparing((Candidate one) -> !one.eligible())
                .thenComparingLong(one -> -points(one, best))
                .thenComparingLong(one ->
                        -one.logs().values().stream().mapToLong(LogEnd::lsn).sum())
                .thenComparing(one -> one.name().value()));
        return all;
    }

    private static Map<DatabaseName, LogEnd> longest(List<Candidate> all) {
        Map<DatabaseName, LogEnd> best = new HashMap<>();
        for (Candidate one : all) {
            if (one.eligible()) {
                one.logs().forEach((database, end) -> best.merge(database, end, CandidateRules::longer));
            }
        }
        return best;
    }

    private static LogEnd longer(LogEnd one, LogEnd other) {
        return compare(one, other) >= 0 ? one : other;
    }

    /** By the epoch of the last record, then by lsn: a tail that nobody decided counts, as it may be acknowledged. */
    static int compare(LogEnd one, LogEnd other) {
        int byEpoch = Long.compare(one.epoch().number(), other.epoch().number());
        return byEpoch != 0 ? byEpoch : Long.compare(one.lsn(), other.lsn());
    }

    private static long points(Candidate one, Map<DatabaseName, LogEnd> best) {
        return one.logs().entrySet().stream()
                .filter(entry -> Optional.ofNullable(best.get(entry.getKey()))
                        .filter(end -> compare(entry.getValue(), end) >= 0)
                        .isPresent())
                .count();
    }

    private static Candidate candidate(Turn turn, RegisteredInstance instance) {
        Map<DatabaseName, LogEnd> logs =
                turn.watch(instance.name()).map(Watch::logs).orElse(Map.of());
        Map<DatabaseName, LogEnd> known = knownOfMain(turn);
        long behind = known.entrySet().stream()
                .mapToLong(entry -> behind(entry.getValue(), logs.get(entry.getKey())))
                .sum();
        Optional<String> against = against(turn, instance, known, logs);
        String reason = against.orElseGet(() -> "holds reign " + lastOpened(turn) + ", " + ends(logs));
        return new Candidate(instance.name(), against.isEmpty(), reason, behind, logs);
    }

    private static long lastOpened(Turn turn) {
        return lastOpenedRow(turn).map(FailoverRow::reign).orElse(0L);
    }

    static Optional<FailoverRow> lastOpenedRow(Turn turn) {
        return turn.cluster().failovers().stream()
                .filter(row -> row.durationMillis() >= 0)
                .findFirst();
    }

    private static String ends(Map<DatabaseName, LogEnd> logs) {
        List<String> ends = new ArrayList<>();
        for (String name :
                new TreeSet<>(logs.keySet().stream().map(DatabaseName::value).toList())) {
            LogEnd end = logs.get(new DatabaseName(name));
            if (end != null) {
                ends.add(name + " up to " + end.epoch().text() + "/" + end.lsn());
            }
        }
        return ends.isEmpty() ? "without databases" : String.join(", ", ends);
    }

    private static Map<DatabaseName, LogEnd> knownOfMain(Turn turn) {
        return turn.cluster()
                .main()
                .flatMap(main -> turn.watch(main.name()))
                .map(Watch::logs)
                .orElse(Map.of());
    }

    private static long behind(LogEnd main, @Nullable LogEnd own) {
        return Math.max(0, main.lsn() - (own == null ? 0 : own.lsn()));
    }

    private static Optional<String> against(
            Turn turn, RegisteredInstance instance, Map<DatabaseName, LogEnd> known, Map<DatabaseName, LogEnd> logs) {
        Watch watch = turn.watch(instance.name()).orElse(Watch.begin(instance.name(), turn.now()));
        Report report = watch.report();
        if (report == null || !watch.answers(turn.now(), turn.settings())) {
            return Optional.of(
                    watch.reportedAt() < 0
                            ? "has not answered"
                            : "has not answered for " + Words.seconds(turn.now() - watch.reportedAt()));
        }
        if (!turn.cluster().isHolder(instance.name(), report.instance())) {
            return Optional.of(
                    turn.cluster().namesHolder(instance.name())
                            ? "is not the one that held reign " + lastOpened(turn) + ": its data is another's"
                            : "has not caught up in reign " + lastOpened(turn));
        }
        if (instance.neverPromote()) {
            return Optional.of("is never promoted by itself (never_promote)");
        }
        if (instance.mode() == ReplicationMode.ASYNC && turn.settings().syncFailoverOnly()) {
            return Optional.of("is ASYNC, and sync_failover_only is true");
        }
        if (countsForNoQuorum(turn, instance)) {
            return Optional.of("is ASYNC, and commits wait for a quorum in which it does not count");
        }
        if (report.kind() == Kind.CHANGING) {
            return Optional.of("recovers, or changes its role");
        }
        boolean lags = known.entrySet().stream()
                .anyMatch(entry -> turn.settings()
                        .exceeds(
                                CoordinatorSetting.MAX_FAILOVER_REPLICA_LAG,
                                behind(entry.getValue(), logs.get(entry.getKey()))));
        return lags ? Optional.of("is behind by more than max_failover_replica_lag") : Optional.empty();
    }

    /**
     * Such an instance refuses to be MAIN, since what it would decide is on too few of those that counted before; and
     * where it has not heard of them yet it would go on without what only they hold. Who reigned last counts, whatever
     * its mode as a replica.
     */
    static boolean countsForNoQuorum(Turn turn, RegisteredInstance instance) {
        boolean quorum = instance.mode() == ReplicationMode.ASYNC
                && turn.cluster().instances().stream().anyMatch(other -> other.mode() == ReplicationMode.QUORUM);
        return quorum
                && !lastOpenedRow(turn)
                        .map(FailoverRow::to)
                        .filter(instance.name().value()::equals)
                        .isPresent();
    }
}
