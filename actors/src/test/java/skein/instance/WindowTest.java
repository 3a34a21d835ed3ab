package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.ReplicationProtocol.Append;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ReplicationMode;

/** What a MAIN has on its way to a replica that does not confirm is what {@code --replication-window-mib-max} says. */
class WindowTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final DatabaseName DATABASE = new DatabaseName("skein");
    private static final int WINDOW_BYTES = 1 << 20;
    /** The last message may begin within the window and end beyond it. */
    private static final int CHUNK_BYTES = 256 << 10;

    private static final int RECORD_BYTES = 100_000;

    @RegisterExtension
    final Cluster cluster = new Cluster();

    @Test
    void aReplicaThatDoesNotConfirmIsSentOneWindow() {
        cluster.windowBytes = WINDOW_BYTES;
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.ASYNC, replica);
        await().atMost(SOON).until(() -> main.states("r").equals(List.of(StreamState.READY, StreamState.READY)));
        cluster.network().freeze(replica.replicationPort(), DATABASE);

        int records = 3 * WINDOW_BYTES / RECORD_BYTES;
        for (int i = 0; i < records; i++) {
            main.write("CREATE (:N {text: '" + "x".repeat(RECORD_BYTES) + "'})");
        }

        // while there is more to send and room for it, the stream has no time for heartbeats
        await().atMost(SOON).until(() -> onTheWay(replica).size() > 2 && endsWithHeartbeats(onTheWay(replica)));
        long bytes = onTheWay(replica).stream()
                .mapToLong(append -> append.records().remaining())
                .sum();
        assertThat(bytes).isBetween((long) WINDOW_BYTES, (long) WINDOW_BYTES + CHUNK_BYTES + RECORD_BYTES);
        cluster.network().heal(replica.replicationPort());
        await().atMost(SOON).until(() -> replica.stateHash() == main.stateHash());
    }

    private static boolean endsWithHeartbeats(List<Append> appends) {
        return appends.reversed().stream()
                .limit(2)
                .noneMatch(append -> append.records().hasRemaining());
    }

    private List<Append> onTheWay(Node replica) {
        return cluster.network().onTheWay(replica.replicationPort(), DATABASE).stream()
                .filter(Append.class::isInstance)
                .map(Append.class::cast)
                .toList();
    }
}
