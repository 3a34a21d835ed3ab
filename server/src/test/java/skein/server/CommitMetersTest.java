package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skein.http.InstanceMetrics;
import skein.vocabulary.ReplicaName;

/** What a MAIN counts of its replicas, as a scrape shows it. */
final class CommitMetersTest {
    private final InstanceMetrics metrics = new InstanceMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void theEndsOfCatchingUpAreCountedPerReplica() {
        CommitMeters meters = new CommitMeters(metrics);
        meters.caughtUp(new ReplicaName("near"), true);
        meters.caughtUp(new ReplicaName("near"), true);
        meters.caughtUp(new ReplicaName("far"), false);

        assertThat(metrics.scrape())
                .contains(
                        "skein_replica_recovery_success_total{replica=\"near\"} 2.0",
                        "skein_replica_recovery_fail_total{replica=\"far\"} 1.0")
                .doesNotContain("skein_replica_recovery_success_total{replica=\"far\"}");
    }
}
