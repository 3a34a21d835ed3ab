package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;
import skein.link.tcp.LinkSettings;
import skein.storage.wal.SyncPolicy;
import skein.storage.wal.core.LogRetention;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

final class InstanceSettingsTest {
    private static final String SYNC = "storage-wal-sync";
    private static final String EVERY_N = "storage-wal-file-flush-every-n-tx";

    private static InstanceSettings of(Map<String, String> flags) {
        return InstanceSettings.of(
                ResolvedSettings.resolve(SettingSources.ofFlags(flags)),
                new InstanceName("one"),
                new HostPort("127.0.0.1", 7687));
    }

    @Test
    void everyBatchIsForcedUnlessToldOtherwise() {
        assertThat(of(Map.of()).sync()).isEqualTo(new SyncPolicy.EveryBatch());
        assertThat(of(Map.of()).sync().survivesPowerLoss()).isTrue();
        assertThat(of(Map.of(SYNC, "every-batch", EVERY_N, "1")).sync()).isEqualTo(new SyncPolicy.EveryBatch());
    }

    @Test
    void memgraphsFlagAloneSaysAPolicy() {
        assertThat(of(Map.of(EVERY_N, "100000")).sync()).isEqualTo(new SyncPolicy.EveryTransactions(100_000));
        assertThat(of(Map.of(EVERY_N, "0")).sync()).isEqualTo(new SyncPolicy.Off());
        assertThat(of(Map.of(SYNC, "every-n-tx", EVERY_N, "7")).sync()).isEqualTo(new SyncPolicy.EveryTransactions(7));
    }

    @Test
    void weakerPoliciesAreNamedInWords() {
        SyncPolicy interval = of(Map.of(SYNC, "interval", "storage-wal-sync-interval-ms", "250"))
                .sync();
        assertThat(interval).isEqualTo(new SyncPolicy.Interval(Duration.ofMillis(250)));
        assertThat(interval.words()).isEqualTo("every 250 ms");
        assertThat(interval.survivesPowerLoss()).isFalse();
        assertThat(of(Map.of(SYNC, "off")).sync()).isEqualTo(new SyncPolicy.Off());
    }

    @Test
    void oneQueryMayHoldAQuarterOfTheHeapUnlessToldOtherwise() {
        assertThat(of(Map.of()).sessions().queryMemoryBytesMax())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 4);
        assertThat(of(Map.of("query-memory-mib-max", "3")).sessions().queryMemoryBytesMax())
                .isEqualTo(3 << 20);
    }

    @Test
    void oneUserMayHoldHalfOfTheMemoryLimitUnlessToldOtherwise() {
        assertThat(of(Map.of("memory-limit", "30")).sessions().userMemoryBytesMax())
                .isEqualTo(15 << 20);
        assertThat(of(Map.of("user-memory-mib-max", "3")).sessions().userMemoryBytesMax())
                .isEqualTo(3 << 20);
    }

    @Test
    void whatInstancesTakeOfEachOtherIsWhatTheSettingsSay() {
        assertThat(of(Map.of()).link()).isEqualTo(LinkSettings.DEFAULT);
        InstanceSettings other = of(Map.of(
                "replication-frame-mib-max",
                "2",
                "replication-message-mib-max",
                "300",
                "replication-window-mib-max",
                "100"));
        assertThat(other.link().frameBytesMax()).isEqualTo(2 << 20);
        assertThat(other.link().messageBytesMax()).isEqualTo(300 << 20);
        assertThat(other.windowBytes()).isEqualTo(100 << 20);
        assertThat(other.link().queueBytesMax()).isGreaterThan(400L << 20);
    }

    @Test
    void logIsKeptForAReplicaForADayUnlessToldOtherwise() {
        String hours = "storage-wal-retention-replica-hours";
        assertThat(of(Map.of()).retention().cappedNanos())
                .isEqualTo(Duration.ofDays(1).toNanos());
        assertThat(of(Map.of(hours, "0.5")).retention().cappedNanos())
                .isEqualTo(Duration.ofMinutes(30).toNanos());
        assertThat(of(Map.of(hours, "0")).retention().cappedNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theCapForReplicasIsNeverBelowWhatIsKeptAnyway() {
        assertThat(of(Map.of()).retention()).isEqualTo(LogRetention.standard());
        assertThat(of(Map.of("storage-wal-retention-mib", "100", "storage-wal-retention-replica-mib", "50"))
                        .retention())
                .isEqualTo(new LogRetention(
                        100 << 20, 100 << 20, Duration.ofDays(1).toNanos()));
    }
}
