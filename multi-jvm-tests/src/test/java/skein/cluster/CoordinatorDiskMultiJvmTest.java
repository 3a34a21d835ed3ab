package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** Three coordinators as processes, of which the leader's disk cannot flush any more. */
final class CoordinatorDiskMultiJvmTest {
    private static final int MEMBERS = 3;
    private static final String SETTING = "max_replica_read_lag";

    @TempDir
    Path directory;

    private final List<Integer> ports = new ArrayList<>();
    private final List<InstanceProcess> processes = new ArrayList<>();

    @BeforeEach
    void form() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 2 * MEMBERS; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        for (ServerSocket socket : sockets) {
            ports.add(socket.getLocalPort());
            socket.close();
        }
        for (int id = 1; id <= MEMBERS; id++) {
            processes.add(launch(id));
        }
        processes.forEach(InstanceProcess::awaitReady);
        for (int id = 1; id <= MEMBERS; id++) {
            untilDone(
                    1,
                    ("ADD COORDINATOR %d WITH CONFIG {\"bolt_server\": \"127.0.0.1:%d\","
                                    + " \"coordinator_server\": \"127.0.0.1:%d\", \"management_server\": \"127.0.0.1:%d\"}")
                            .formatted(id, bolt(id), coordinator(id), coordinator(id)));
        }
    }

    @AfterEach
    void end() {
        processes.forEach(InstanceProcess::close);
    }

    private int bolt(int id) {
        return ports.get(id - 1);
    }

    private int coordinator(int id) {
        return ports.get(MEMBERS + id - 1);
    }

    private InstanceProcess launch(int id) {
        List<String> jvm = new ArrayList<>(InstanceSpec.SMALL_JVM);
        jvm.add("-Dskein.failpoint=input");
        // the words of a server, and where a server puts them
        jvm.add("-Dlogback.configurationFile=logback.xml");
        return InstanceProcess.launch(new InstanceSpec(
                "coordinator" + id,
                directory,
                Map.of(
                        "coordinator-id", Integer.toString(id),
                        "coordinator-port", Integer.toString(coordinator(id)),
                        "coordinator-hostname", "127.0.0.1",
                        "bolt-port", Integer.toString(bolt(id))),
                jvm,
                true));
    }

    private List<Record> run(int id, String statement) {
        try (Driver driver = GraphDatabase.driver("bolt://127.0.0.1:" + bolt(id));
                Session session = driver.session()) {
            return session.run(statement).list();
        }
    }

    /** What may be repeated is, until it is done. */
    private void untilDone(int id, String statement) {
        await().atMost(Stage.PATIENCE)
                .ignoreExceptionsInstanceOf(Neo4jException.class)
                .until(() -> {
                    run(id, statement);
                    return true;
                });
    }

    private static String set(int value) {
        return "SET COORDINATOR SETTING '" + SETTING + "' TO '" + value + "'";
    }

    private String shownBy(int id) {
        return run(id, "SHOW COORDINATOR SETTINGS").stream()
                .filter(row -> row.get(0).asString().equals(SETTING))
                .map(row -> row.get(1).asString())
                .findFirst()
                .orElse("");
    }

    @Test
    void aLeaderWhoseFlushFailsEndsInWordsAndComesBackWithWhatWasAcknowledged() {
        InstanceProcess leader = processes.getFirst();
        run(1, set(7));
        leader.setFailPoints("wal.beforeFsync:fail");

        assertThatThrownBy(() -> run(1, set(8))).isInstanceOf(Neo4jException.class);

        assertThat(leader.awaitEnd()).as("exit status").isNotZero();
        assertThat(leader.logText()).contains("SKEIN-RAFT-017", "SKEIN-HA-005");
        await().atMost(Stage.PATIENCE)
                .ignoreExceptionsInstanceOf(Neo4jException.class)
                .until(() -> List.of("7", "8").contains(shownBy(2)));
        untilDone(2, set(9));
        processes.set(0, launch(1));
        processes.getFirst().awaitReady();
        await().atMost(Stage.PATIENCE)
                .ignoreExceptionsInstanceOf(Neo4jException.class)
                .until(() -> shownBy(1).equals("9"));
    }
}
