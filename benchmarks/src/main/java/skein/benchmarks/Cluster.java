package skein.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.HostPort;

/** A MAIN with the replicas that a measurement asks for; each in its own JVM. */
public final class Cluster implements AutoCloseable {
    private static final int PORTS_TRIED = 300;

    private final List<InstanceProcess> instances = new ArrayList<>();
    private final HostPort main;

    /**
     * Starts the cluster and waits until every replica is ready.
     *
     * @param replicaModes one replica per entry, for example SYNC
     */
    public Cluster(Path directory, Map<String, String> settings, List<String> replicaModes)
            throws InterruptedException {
        main = launch("main", directory, settings);
        try {
            follow(directory, settings, replicaModes);
            awaitReady();
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private void follow(Path directory, Map<String, String> settings, List<String> replicaModes) {
        int port = 12_001;
        for (int i = 0; i < replicaModes.size(); i++) {
            HostPort replica = launch("replica_" + i, directory, settings);
            port = becomeReplica(replica, port);
            runOn(main, "REGISTER REPLICA replica_%d %s TO \"127.0.0.1:%d\"".formatted(i, replicaModes.get(i), port));
            port++;
        }
    }

    private HostPort launch(String name, Path directory, Map<String, String> settings) {
        InstanceProcess instance =
                InstanceProcess.launch(new InstanceSpec(name, directory, settings, InstanceSpec.SERVER_JVM, true));
        instances.add(instance);
        return instance.awaitReady();
    }

    private static int becomeReplica(HostPort address, int firstPort) {
        for (int port = firstPort; ; port++) {
            try {
                runOn(address, "SET REPLICATION ROLE TO REPLICA WITH PORT " + port);
                return port;
            } catch (ClientException e) {
                if (port > firstPort + PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private void awaitReady() throws InterruptedException {
        try (Driver driver = GraphDatabase.driver("bolt://" + main);
                Session session = driver.session()) {
            while (!session.run("SHOW REPLICAS").list().stream()
                    .allMatch(row -> row.get("data_info")
                            .get("skein")
                            .get("status")
                            .asString()
                            .equals("ready"))) {
                Thread.sleep(20);
            }
        }
    }

    /** Runs one statement. */
    public static void runOn(HostPort address, String statement) {
        try (Driver driver = GraphDatabase.driver("bolt://" + address);
                Session session = driver.session()) {
            session.run(statement).consume();
        }
    }

    /** Where the MAIN serves Bolt. */
    public HostPort main() {
        return main;
    }

    long mainPid() {
        return instances.getFirst().handle().pid();
    }

    @Override
    public void close() {
        instances.forEach(InstanceProcess::requestStop);
        instances.forEach(InstanceProcess::awaitEnd);
    }
}
