package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.instance.FaultyDisk.Fault;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.vocabulary.ReplicationMode;

/** A MAIN's system database takes the place of a replica's own, on a disk that has no room for it yet. */
class SystemAdoptionTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String SYSTEM = "system";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private final FaultyDisk disk = new FaultyDisk();

    private void awaitReady(Node main, String replica) {
        await().atMost(SOON).until(() -> main.states(replica).equals(List.of(StreamState.READY, StreamState.READY)));
    }

    /** Several times it fails at another place: when the first file is made, then when it is written. */
    private void awaitAttempts() {
        await().atMost(SOON).until(() -> disk.met() > 1);
    }

    @Test
    void itIsTakenOverOnceThereIsRoom() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica", disk).becomeReplica();
        disk.is(Fault.FULL, SYSTEM);

        main.register("r", ReplicationMode.ASYNC, replica);
        main.write("CREATE (:N)");
        awaitAttempts();

        disk.is(Fault.NONE);
        awaitReady(main, "r");
        assertThat(replica.read("MATCH (n:N) RETURN count(n)")).containsExactly("1");
        Path databases = cluster.directory("replica").resolve("databases");
        assertThat(databases.resolve("system.replaced"))
                .as("what it held before")
                .isNotEmptyDirectory();
    }

    @Test
    void meanwhileTheReplicaTakesUpReplicasOfItsOwn() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica", disk).becomeReplica();
        Node below = cluster.start("below").becomeReplica();
        disk.is(Fault.FULL, SYSTEM);
        main.register("r", ReplicationMode.ASYNC, replica);
        awaitAttempts();

        replica.register("b", ReplicationMode.ASYNC, below);

        main.write("CREATE (:N)");
        disk.is(Fault.NONE);
        awaitReady(main, "r");
        awaitReady(replica, "b");
        assertThat(below.read("MATCH (n:N) RETURN count(n)")).containsExactly("1");
    }
}
