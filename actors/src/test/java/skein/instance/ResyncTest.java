package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.vocabulary.ReplicationMode;

/** Data that a MAIN does not have gives way by itself only where it once followed the same history. */
class ResyncTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private static void awaitReady(Node main, String replica) {
        await().atMost(SOON)
                .until(() -> !main.states(replica).isEmpty()
                        && main.states(replica).stream().allMatch(state -> state == StreamState.READY));
    }

    @Test
    void anInstanceWithDataOfItsOwnIsRefusedUntilTheOperatorSaysResync() {
        Node main = cluster.start("main");
        main.write("CREATE (:Mine)");
        Node other = cluster.start("other");
        other.write("CREATE (:Theirs)");
        other.becomeReplica();

        assertThatThrownBy(() -> main.register("o", ReplicationMode.SYNC, other))
                .hasMessageContaining("database skein is not a copy of this MAIN's")
                .hasMessageContaining("RESYNC");
        assertThat(other.read("MATCH (n:Theirs) RETURN count(n)")).containsExactly("1");

        assertThat(main.registerAnyway("o", ReplicationMode.SYNC, other)).contains("ReplicaResynchronized");

        awaitReady(main, "o");
        assertThat(other.stateHash()).isEqualTo(main.stateHash());
        assertThat(main.write("CREATE (:More)").notifications()).isEmpty();
    }

    @Test
    void aSystemDatabaseThatPartedBeginsAnew() throws IOException {
        Node old = cluster.start("old");
        Node next = cluster.start("next").becomeReplica();
        old.register("n", ReplicationMode.ASYNC, next);
        old.write("CREATE (:Shared)");
        old.createDatabase("both");
        awaitReady(old, "n");
        cluster.network().cut(next.replicationPort());
        old.createDatabase("lost");
        old.writeIn("lost", "CREATE (:Lost)");
        next.becomeMain();
        cluster.network().heal(next.replicationPort());
        next.createDatabase("found");
        next.writeIn("both", "CREATE (:New)");
        old.becomeReplica();

        next.register("o", ReplicationMode.SYNC, old);

        awaitReady(next, "o");
        assertThat(old.databases()).isEqualTo(next.databases()).containsOnlyKeys("skein", "both", "found");
        assertThat(old.stateHash()).isEqualTo(next.stateHash());
        assertThat(old.readIn("both", "MATCH (n:New) RETURN count(n)")).containsExactly("1");
        old.stop();
        Node again = cluster.start("old");
        awaitReady(next, "o");
        assertThat(again.databases()).isEqualTo(next.databases());
    }

    /** One generation of what was given up is found beside the log. */
    @Test
    void whatWasGivenUpIsKeptInAFile() throws IOException {
        Node old = cluster.start("old");
        Node next = cluster.start("next").becomeReplica();
        old.register("n", ReplicationMode.ASYNC, next);
        old.write("CREATE (:Shared)");
        awaitReady(old, "n");
        cluster.network().cut(next.replicationPort());
        old.write("CREATE (:Lost)");
        next.becomeMain();
        cluster.network().heal(next.replicationPort());
        old.becomeReplica();

        next.register("o", ReplicationMode.ASYNC, old);

        awaitReady(next, "o");
        try (Stream<Path> files = Files.walk(cluster.directory("old"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".tail"))).isNotEmpty();
        }
    }

    @Test
    void aReplicaWhoseDiskWasWipedIsRegisteredAgainAndGetsEverything() throws IOException {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        main.write("CREATE (:N)");
        replica.stop();
        cluster.wipe("replica");

        Node again = cluster.start("replica").becomeReplica();
        assertThat(main.write("CREATE (:N)").notifications()).hasSize(1);
        main.drop("r");
        main.register("r", ReplicationMode.SYNC, again);

        awaitReady(main, "r");
        assertThat(again.stateHash()).isEqualTo(main.stateHash());
    }
}
