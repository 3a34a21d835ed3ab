package skein.server.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import skein.server.child.InstanceSpec;

/**
 * Which instances a local cluster has, and where each listens.
 *
 * @param directory of all data and logs
 * @param mode SYNC, ASYNC, STRICT_SYNC or QUORUM: how the replicas follow
 * @param settings flags of every instance
 * @param preparation statements that are run once there are coordinators, before instances are registered
 * @param tied the instances stop when this process dies
 * @param severable this process stands between the instances, so that it can cut the links between them
 */
public record ClusterPlan(
        Path directory,
        List<Coordinator> coordinators,
        List<Data> dataInstances,
        String mode,
        Map<String, String> settings,
        List<String> preparation,
        boolean tied,
        boolean severable) {
    static final int PORTS_EACH = 4;

    private static final String HERE = LocalNetwork.FRONT;
    private static final int FIRST_BOLT = 7_687;
    private static final int FIRST_HTTP = 7_474;
    private static final int FIRST_REPLICATION = 10_001;
    private static final int FIRST_MANAGEMENT = 10_011;
    private static final int FIRST_COORDINATOR = 10_111;
    private static final int FIRST_COORDINATOR_MANAGEMENT = 10_121;

    public ClusterPlan {
        coordinators = List.copyOf(coordinators);
        dataInstances = List.copyOf(dataInstances);
        settings = Map.copyOf(settings);
        preparation = List.copyOf(preparation);
    }

    /** Instances on the first free ports from a base on. */
    public static ClusterPlan of(Path directory, int basePort, int coordinators, int dataInstances, String mode) {
        FreePorts ports = new FreePorts();
        List<Coordinator> ofCoordinators = new ArrayList<>();
        List<Data> ofData = new ArrayList<>();
        for (int i = 1; i <= dataInstances; i++) {
            ofData.add(new Data(
                    "data" + i,
                    ports.from(basePort),
                    ports.from(basePort),
                    ports.from(basePort),
                    ports.from(basePort)));
        }
        for (int i = 1; i <= coordinators; i++) {
            ofCoordinators.add(new Coordinator(
                    "coord" + i,
                    i,
                    ports.from(basePort),
                    ports.from(basePort),
                    ports.from(basePort),
                    ports.from(basePort)));
        }
        return new ClusterPlan(directory, ofCoordinators, ofData, mode, Map.of(), List.of(), true, false);
    }

    /**
     * Instances on the ports of the documentation, or the next free ones, with the names of {@code SHOW INSTANCES}; in
     * a directory that has a cluster, those that it had.
     */
    public static ClusterPlan documented(Path directory, int coordinators, int dataInstances, String mode) {
        KeptPorts ports = KeptPorts.in(directory);
        List<Data> ofData = new ArrayList<>();
        for (int i = 1; i <= dataInstances; i++) {
            String name = "data" + i;
            ofData.add(new Data(
                    name,
                    ports.of(name + ".bolt", FIRST_BOLT),
                    ports.of(name + ".management", FIRST_MANAGEMENT),
                    ports.of(name + ".replication", FIRST_REPLICATION),
                    ports.of(name + ".http", FIRST_HTTP)));
        }
        List<Coordinator> ofCoordinators = new ArrayList<>();
        for (int i = 1; i <= coordinators; i++) {
            String name = "coordinator_" + i;
            ofCoordinators.add(new Coordinator(
                    name,
                    i,
                    ports.of(name + ".bolt", FIRST_BOLT),
                    ports.of(name + ".coordinator", FIRST_COORDINATOR),
                    ports.of(name + ".management", FIRST_COORDINATOR_MANAGEMENT),
                    ports.of(name + ".http", FIRST_HTTP)));
        }
        ports.keep();
        return new ClusterPlan(directory, ofCoordinators, ofData, mode, Map.of(), List.of(), true, false);
    }

    public ClusterPlan withPreparation(List<String> chosen) {
        return new ClusterPlan(directory, coordinators, dataInstances, mode, settings, chosen, tied, severable);
    }

    public ClusterPlan withSettings(Map<String, String> chosen) {
        return new ClusterPlan(directory, coordinators, dataInstances, mode, chosen, preparation, tied, severable);
    }

    /** Instances that outlive this process. */
    public ClusterPlan untied() {
        return new ClusterPlan(directory, coordinators, dataInstances, mode, settings, preparation, false, false);
    }

    /** Links that can be cut, where this machine allows that; see {@link LocalCluster#cut}. */
    public ClusterPlan withSeverableLinks() {
        boolean possible = tied && LocalNetwork.obstacle().isEmpty();
        return new ClusterPlan(directory, coordinators, dataInstances, mode, settings, preparation, tied, possible);
    }

    /** An instance of either kind. */
    public sealed interface Member {
        String name();

        int boltPort();

        int httpPort();

        default String bolt() {
            return HERE + ":" + boltPort();
        }

        default String http() {
            return "http://" + HERE + ":" + httpPort();
        }

        /** Where other members come to. */
        List<Integer> portsForPeers();

        /** Its flags besides those of every instance. */
        Map<String, String> flags();
    }

    /** @param id number in the cluster */
    public record Coordinator(String name, int id, int boltPort, int coordinatorPort, int managementPort, int httpPort)
            implements Member {
        @Override
        public List<Integer> portsForPeers() {
            return List.of(coordinatorPort, managementPort);
        }

        @Override
        public Map<String, String> flags() {
            return Map.of(
                    "coordinator-id", Integer.toString(id),
                    "coordinator-port", Integer.toString(coordinatorPort),
                    "coordinator-hostname", HERE,
                    "management-port", Integer.toString(managementPort),
                    "bolt-port", Integer.toString(boltPort),
                    "http-port", Integer.toString(httpPort));
        }

        /** The statement of the documentation. */
        public String statement() {
            return "ADD COORDINATOR %d WITH CONFIG {\"bolt_server\": \"%s\", \"coordinator_server\": \"%s:%d\", \"management_server\": \"%s:%d\"}"
                    .formatted(id, bolt(), HERE, coordinatorPort, HERE, managementPort);
        }
    }

    /** An instance that holds data. */
    public record Data(String name, int boltPort, int managementPort, int replicationPort, int httpPort)
            implements Member {
        @Override
        public List<Integer> portsForPeers() {
            return List.of(managementPort, replicationPort);
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
                            HERE,
                            managementPort,
                            HERE,
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
        if (severable) {
            flags.put("management-address", LocalNetwork.BEHIND);
            if (member instanceof Data) {
                flags.put("replication-address", LocalNetwork.BEHIND);
            }
        }
        return new InstanceSpec(member.name(), directory, flags, InstanceSpec.SMALL_JVM, tied);
    }

    /** Every statement that makes a cluster of the instances, in order. */
    public List<String> statements() {
        List<String> statements = new ArrayList<>();
        coordinators.forEach(coordinator -> statements.add(coordinator.statement()));
        statements.addAll(preparation);
        dataInstances.forEach(instance -> statements.add(instance.statement(mode)));
        statements.add("SET INSTANCE " + dataInstances.getFirst().name() + " TO MAIN");
        return statements;
    }
}
