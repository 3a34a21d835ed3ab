package skein.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.config.SnapshotSchedule;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.Database;
import skein.storage.DatabaseOptions;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;

class SnapshotWorkerTest {
    private static final SnapshotPolicy SOON =
            new SnapshotPolicy(new SnapshotSchedule.Every(Duration.ofMillis(20)), true);

    @TempDir
    private Path directory;

    private DatabaseCell open() {
        return DatabaseCell.open(
                new DatabaseName("db"), directory, DatabaseOptions.standard(new UUID(1, 2)), payload -> {}, failure -> {
                    throw failure;
                });
    }

    private static void write(Database database) {
        try (StoreTransaction transaction = database.begin(AccessMode.WRITE)) {
            transaction.createNode(new int[0]);
            decide(database, database.sequence(transaction));
        }
    }

    private static void decide(Database database, long lsn) {
        await().until(() -> database.durableLsn() >= lsn);
        database.decide(lsn);
    }

    @Test
    void onScheduleWhatChangedIsWrittenAndOnlyThat() {
        try (DatabaseCell cell = open()) {
            cell.keepSnapshots(SOON);
            Database database = cell.database();
            decide(database, database.openReign(new Epoch(1, new UUID(3, 4))).lsn());
            for (int round = 1; round <= 5; round++) {
                write(database);
                await().until(() -> !database.snapshotWouldTell());
                long newest = database.settledLsn();
                assertThat(cell.snapshots().list())
                        .hasSize(Math.min(3, round))
                        .first()
                        .satisfies(snapshot -> assertThat(snapshot.lsn()).isEqualTo(newest));
            }
            assertThat(cell.snapshots().next()).isPresent();
        }
    }

    @Test
    void theLastOneIsTakenWhenTheInstanceStopsButNotWhenTheDatabaseIsPutAway() {
        SnapshotPolicy onExit = new SnapshotPolicy(new SnapshotSchedule.Never(), true);
        try (DatabaseCell cell = open()) {
            cell.keepSnapshots(onExit);
            decide(
                    cell.database(),
                    cell.database().openReign(new Epoch(1, new UUID(3, 4))).lsn());
            write(cell.database());
        }
        try (DatabaseCell cell = open()) {
            cell.keepSnapshots(onExit);
            assertThat(cell.snapshots().list()).isEmpty();
            cell.snapshotOnExit();
            assertThat(cell.snapshots().list()).hasSize(1);
        }
    }
}
