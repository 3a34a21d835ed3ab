package skein.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.lent.LentPlatform;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.query.core.TransactionPolicy;
import skein.replication.SnapshotPolicy;
import skein.role.core.Catalogue;
import skein.setting.SettingDirectory;
import skein.storage.Database;
import skein.storage.DatabaseOptions;
import skein.storage.LogListener;
import skein.storage.wal.FaultDisk;
import skein.storage.wal.FaultDisk.Kept;
import skein.storage.wal.LogDisk;
import skein.user.UserDirectory;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.SkeinException;

/** What is on the disk of the system database when a database that it names is opened. */
final class DatabaseSetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UUID GRAPH = new UUID('D', 1);

    @TempDir
    private Path directory;

    private final FaultDisk system = new FaultDisk();
    private final List<Long> decidedWhenOpened = new ArrayList<>();

    /** Otherwise a loss of power leaves the log of a database of which the instance does not know, and tells nobody. */
    @Test
    void aDatabaseIsOpenedOnlyOnceItLastsThatTheRecordWhichNamesItIsDecided() {
        DatabaseSet databases = open();
        try {
            Database catalogue = databases.systemDatabase().cell().database();
            // no SYSTEM record: nothing else forces what is remembered of its decision
            long lsn = catalogue.openReign(new Epoch(1, new UUID('E', 1))).lsn();
            await().atMost(PATIENCE).until(() -> catalogue.durableLsn() >= lsn);
            catalogue.decide(lsn);

            var graph = new Catalogue.Entry(new DatabaseIdentity(new DatabaseName("graph"), GRAPH), 0);
            assertThat(databases.open(graph)).isPresent();

            assertThat(decidedWhenOpened).isNotEmpty().containsOnly(lsn);
        } finally {
            databases.close();
        }
    }

    private DatabaseSet open() {
        TransactionPolicy unlimited = new TransactionPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return new DatabaseSet(
                new DatabaseSetSettings(
                        new WatchedPlatform(),
                        directory,
                        new DatabaseName("skein"),
                        10,
                        true,
                        SnapshotPolicy.ON_DEMAND,
                        new UserDirectory(),
                        new SettingDirectory(unlimited),
                        DatabaseOptions::standard),
                reason -> {
                    throw reason;
                });
    }

    /** What the system database would know to be decided if the power went now. */
    private long decidedAfterLossOfPower() {
        FaultDisk left = system.crash(Kept.NOTHING, new Random(1));
        try (Database again = Database.open(left, new FaultDisk(), DatabaseOptions.standard(GRAPH), new Deaf())) {
            return again.decidedLsn();
        }
    }

    /** Its system database is on a disk that loses power; looks at that whenever a file of the graph's is asked for. */
    private final class WatchedPlatform extends LentPlatform {
        @Override
        public LogDisk disk(Path place) throws IOException {
            if (place.endsWith("system")) {
                return system;
            }
            if (place.endsWith(GRAPH.toString())) {
                decidedWhenOpened.add(decidedAfterLossOfPower());
            }
            return super.disk(place);
        }
    }

    private static final class Deaf implements LogListener {
        @Override
        public void durable(long lsn) {}

        @Override
        public void failed(SkeinException reason) {
            throw reason;
        }

        @Override
        public void systemRecord(long lsn, byte[] payload) {}
    }
}
