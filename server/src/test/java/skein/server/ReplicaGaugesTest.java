package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.http.InstanceMetrics;
import skein.protocol.InstanceRoleProtocol.CatchUpProgress;
import skein.protocol.InstanceRoleProtocol.InstanceLag;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.StreamLag;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** The numbers of replicas, as a scrape shows them. */
final class ReplicaGaugesTest {
    private static final DatabaseName GRAPH = new DatabaseName("graph");
    private static final StreamStatus READY = new StreamStatus(7, 0, StreamState.READY);

    private final InstanceMetrics metrics = new InstanceMetrics();
    private final List<ReplicaStatus> replicas = new ArrayList<>();
    private final List<InstanceLag> lags = new ArrayList<>();

    @AfterEach
    void close() {
        metrics.close();
    }

    private void replica(String name, StreamStatus status, StreamLag lag) {
        replicas.add(new ReplicaStatus(
                new ReplicaName(name),
                new HostPort("127.0.0.1", 10_000),
                ReplicationMode.SYNC,
                READY,
                Map.of(GRAPH, status)));
        lags.add(new InstanceLag(name, Map.of(GRAPH, lag)));
    }

    private String scraped() {
        new ReplicaGauges(() -> replicas, () -> lags).addTo(metrics);
        return metrics.scrape();
    }

    @Test
    void lagIsToldInTransactionsBytesAndSecondsOfReplicasAlone() {
        replica("near", READY, new StreamLag(7, 0, 0, 0));
        replica("far", new StreamStatus(4, -3, StreamState.INVALID), new StreamLag(4, 3, 120, 2500));
        lags.add(new InstanceLag("main", Map.of(GRAPH, new StreamLag(7, 0, 0, 0))));

        assertThat(scraped())
                .contains(
                        "skein_replica_lag_transactions{database=\"graph\",replica=\"far\"} 3.0",
                        "skein_replica_lag_transactions{database=\"graph\",replica=\"near\"} 0.0",
                        "skein_replica_lag_bytes{database=\"graph\",replica=\"far\"} 120.0",
                        "skein_replica_lag_seconds{database=\"graph\",replica=\"far\"} 2.5",
                        "skein_replica_state{database=\"graph\",replica=\"far\",state=\"invalid\"} 1.0",
                        "skein_replica_state{database=\"graph\",replica=\"far\",state=\"ready\"} 0.0")
                .doesNotContain("replica=\"main\"");
    }

    /** A link of a chain tells of its own replicas, and has no row of its own behind them. */
    @Test
    void theLastReplicaOfALinkIsNotTakenForTheMain() {
        replica("below", READY, new StreamLag(5, 2, 80, 400));

        assertThat(scraped()).contains("skein_replica_lag_transactions{database=\"graph\",replica=\"below\"} 2.0");
    }

    @Test
    void aReplicaThatCatchesUpShowsHowFarItIsHowFastAndHowLong() {
        replica(
                "snap",
                new StreamStatus(4, -3, StreamState.RECOVERY, new CatchUpProgress(true, 250, 1000, 50), 0),
                new StreamLag(4, 3, 120, 2500));
        replica(
                "slow",
                new StreamStatus(4, -3, StreamState.RECOVERY, new CatchUpProgress(false, 0, 1000, 0), 0),
                new StreamLag(4, 3, 120, 2500));
        replica("ready", READY, new StreamLag(7, 0, 0, 0));

        assertThat(scraped())
                .contains(
                        "skein_replica_catch_up_percent{by=\"snapshot\",database=\"graph\",replica=\"snap\"} 25.0",
                        "skein_replica_catch_up_bytes_per_second{by=\"snapshot\",database=\"graph\",replica=\"snap\"}"
                                + " 50.0",
                        "skein_replica_catch_up_seconds_left{by=\"snapshot\",database=\"graph\",replica=\"snap\"} 15.0",
                        "skein_replica_catch_up_percent{by=\"log\",database=\"graph\",replica=\"slow\"} 0.0",
                        "skein_replica_catch_up_seconds_left{by=\"log\",database=\"graph\",replica=\"slow\"} NaN")
                .doesNotContainPattern("catch_up_percent\\{[^}]*replica=\"ready\"");
        replicas.removeFirst();
        lags.removeFirst();
        assertThat(metrics.scrape()).doesNotContain("replica=\"snap\"");
    }

    @Test
    void whatAReplicaGaveUpIsCounted() {
        replica("back", new StreamStatus(7, 0, StreamState.READY, null, 12), new StreamLag(7, 0, 0, 0));

        assertThat(scraped()).contains("skein_replica_given_up_transactions{database=\"graph\",replica=\"back\"} 12.0");
    }
}
