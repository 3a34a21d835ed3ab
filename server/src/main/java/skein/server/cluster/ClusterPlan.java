package skein.server.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import skein.server.child.InstanceSpec;

/**
 * Which instances a local cluster has, and where each listens.
 *
 * @param directory of all data and logs
 * @param mode SYNC, ASYNC, STRICT_SYNC or QUORUM: how the replicas follow
 * @param settings flags of every instance
 * @param preparation statements that are run once there are coordinators, before instances are registered
 * @param tied the instances stop when this process dies
 */
public record ClusterPlan(
        Path directory,
        List<Coordinator> coordinators,
        List<Data> dataInstances,
        String mode,
        Map<String, String> settings,
        List<String> preparation,
        boolean tied) {
    private static final String HERE = "127.0.0.1";

    public ClusterPlan {
        coordinators = List.copyOf(coordinators);
        dataInstances = List.copyOf(dataInstances);
        settings = Map.copyOf(settings);
        preparation = List.copyOf(preparation);
    }

    /** Instances on the first free ports from a base on. */
    public static ClusterPlan of(Path directory, int basePort, int coordinators, int dataInstances, String mode) {
        List<Integer> ports = FreePorts.from(basePort, 4 * (coordinators + dataInstances));
        List<Coordinator> ofCoordinators = new ArrayList<>();
        List<Data> ofData = new ArrayList<>();
        int at = 0;
        for (int i = 1; i <= dataInstances; i++, at += 4) {
            ofData.add(
                    new Data("data" + i, HERE, ports.get(at), ports.get(at + 1), ports.get(at + 2), ports.get(at + 3)));
        }
        for (int i = 1; i <= coordinators; i++, at += 4) {
            ofCoordinators.add(new Coordinator(
                    "coord" + i, i, HERE, ports.get(at), ports.get(at + 1), ports.get(at + 2), ports.get(at + 3)));
        }
        return new ClusterPlan(directory, ofCoordinators, ofData, mode, Map.of(), List.of(), true);
    }

    public ClusterPlan withPreparation(List<String> chosen) {
        return new ClusterPlan(directory, coordinators, dataInstances, mode, settings, chosen, tied);
    }

    public ClusterPlan withSettings(Map<String, String> chosen) {
        return new ClusterPlan(directory, coordinators, dataInstances, mode, chosen, preparation, tied);
    }

    /** @param hosts by name, how instances reach each other; clients reach them at this machine's own address */
    public ClusterPlan reachedAt(UnaryOperator<String> hosts) {
        return new ClusterPlan(
                directory,
                coordinators.stream()
                        .map(one -> one.at(hosts.apply(one.name())))
                        .toList(),
                dataInstances.stream()
                        .map(one -> one.at(hosts.apply(one.name())))
                        .toList(),
                mode,
                settings,
                preparation,
                tied);
    }

    /** Instances that outlive this process. */
    public ClusterPlan untied() {
        return new ClusterPlan(directory, coordinators, dataInstances, mode, settings, preparation, false);
    }

    /** An instance of either kind. */
    public sealed interface Member {
        String name();

        int boltPort();

        int httpPort();

        default String bolt() {
            return HERE + ":" + boltPort();
        }

        /** Its flags besides those of every instance. */
        Map<String, String> flags();
    }

    /**
     * @param id number in the cluster
     * @param host where other instances reach it
     */
    public record Coordinator(
            String name, int id, String host, int boltPort, int coordinatorPort, int managementPort, int httpPort)
            implements Member {
        private Coordinator at(String chosen) {
            return new Coordinator(name, id, chosen, boltPort, coordinatorPort, managementPort, httpPort);
        }

        @Override
        public Map<String, String> flags() {
            return Map.of(
                    "coordinator-id", Integer.toString(id),
                    "coordinator-port", Integer.toString(coordinatorPort),
                    "coordinator-hostname", host,
                    "management-port", Integer.toString(managementPort),
                    "bolt-port", Integer.toString(boltPort),
                    "http-port", Integer.toString(httpPort));
        }

        /** The statement of the documentation. */
        public String statement() {
            return "ADD COORDINATOR %d WITH CONFIG {\"bolt_server\": \"%s\", \"coordinator_server\": \"%s:%d\", \"management_server\": \"%s:%d\"}"
                    .formatted(id, bolt(), host, coordinatorPort, host, managementPort);
        }
    }

    /**
     * An instance that holds data.
     *
     * @param host where other instances reach it
     */
    public record Data(String name, String host, int boltPort, int managementPort, int replicationPort, int httpPort)
            implements Member {
        private Data at(String chosen) {
            return new Data(name, chosen, boltPort, managementPort, replicationPort, httpPort);
        }

        @Override
        public Map<String, String> flags() {
            return Map.of(
                    "management-port", Integer.toString(managementPort),
                    "bolt-port", Integer.toString(boltPort),
                    "http-port", Integer.toString(httpPort));
        }

        /** The statement of the documentation. */
        public String statement(String mode) {
            return "REGISTER INSTANCE %s%s WITH CONFIG {\"bolt_server\": \"%s\", \"management_server\": \"%s:%d\", \"replication_server\": \"%s:%d\"}"
                    .formatted(
                            name,
                            mode.equals("SYNC") ? "" : " AS " + mode,
                            bolt(),
                            host,
                            managementPort,
                            host,
                            replicationPort);
        }
    }

    /** Data instances first, in the order in which they are started: they have most to do. */
    public List<Member> members() {
        List<Member> members = new ArrayList<>(dataInstances);
        members.addAll(coordinators);
        return members;
    }

    InstanceSpec spec(Member member) {
        Map<String, String> flags = new TreeMap<>(settings);
        flags.putAll(member.flags());
        return new InstanceSpec(member.name(), directory, flags, InstanceSpec.SMALL_JVM, tied);
    }

    /** Every statement that makes a cluster of the instances, in order. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        coordinators.forEach(coordinator -> statements.add(coordinator.statement()));
        statements.addAll(preparation);
        dataInstances.forEach(instance -> statements.add(instance.statement(mode)));
        statements.add("SET INSTANCE " + dataInstances.getFirst().name() + " TO MAIN");
        return statements;
    }
}
