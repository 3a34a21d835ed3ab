package skein.coordination.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import skein.protocol.CoordinatorProtocol.RoutingTable;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.ReplicaReport;
import skein.protocol.ManagementProtocol.Report;
import skein.protocol.ManagementProtocol.Routes;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;

/** Where clients are sent: one writer at most, and readers that are well. Part of {@link CoordinatorCore}. */
final class RoutingRules {
    private RoutingRules() {}

    static Routes routes(Turn turn) {
        RoutingTable table = table(turn, Optional.empty());
        return new Routes(table.timeToLive(), table.write(), table.read(), table.route());
    }

    /** @param database empty for whatever database is the furthest behind */
    static RoutingTable table(Turn turn, Optional<DatabaseName> database) {
        List<HostPort> write = turn
                .cluster()
                .main()
                .filter(Appointment::opened)
                .flatMap(main -> turn.cluster().instance(main.name()))
                .map(RegisteredInstance::bolt)
                .stream()
                .toList();
        List<HostPort> replicas = turn.cluster().instances().stream()
                .filter(instance -> !turn.cluster().isMain(instance.name()) && isReadable(turn, instance, database))
                .map(RegisteredInstance::bolt)
                .toList();
        boolean withMain = turn.settings().readsOnMain() || replicas.isEmpty();
        return new RoutingTable(
                Duration.ofMillis(turn.settings().routingMillis()),
                write,
                withMain ? Stream.concat(replicas.stream(), write.stream()).toList() : replicas,
                turn.cluster().coordinators().stream()
                        .map(CoordinatorAddress::bolt)
                        .distinct()
                        .toList());
    }

    private static boolean isReadable(Turn turn, RegisteredInstance instance, Optional<DatabaseName> database) {
        Optional<Watch> found = turn.watch(instance.name());
        if (found.isEmpty() || !found.get().isAlive(turn.now(), turn.settings())) {
            return false;
        }
        Watch watch = found.get();
        if (watch.report() != null && watch.report().kind() != Kind.REPLICA) {
            return false;
        }
        long behind = lag(turn, instance, database);
        long limit = turn.settings().readLagMillis();
        boolean current = limit == 0
                || turn.now() - Math.max(turn.lead() == null ? 0 : watch.since(), watch.currentAt()) <= limit;
        return current && !turn.settings().exceeds(CoordinatorSetting.MAX_REPLICA_READ_LAG, behind);
    }

    /** In transactions, as the MAIN last said; 0 where it did not say. */
    private static long lag(Turn turn, RegisteredInstance instance, Optional<DatabaseName> database) {
        Map<DatabaseName, Long> lags = turn
                .cluster()
                .main()
                .flatMap(main -> turn.watch(main.name()))
                .map(Watch::report)
                .map(Report::replicas)
                .orElse(List.of())
                .stream()
                .filter(replica -> replica.name().equals(instance.name()))
                .findFirst()
                .map(ReplicaReport::lag)
                .orElse(Map.of());
        return database.map(name -> lags.getOrDefault(name, 0L))
                .orElseGet(() ->
                        lags.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }
}
