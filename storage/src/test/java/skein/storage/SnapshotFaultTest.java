package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.graph.FreedSlots;
import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphStore;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.FaultDisk;
import skein.storage.wal.FaultDisk.Kept;
import skein.storage.wal.core.LogRetention;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Whatever becomes of a snapshot's file, the database is the one it was, or is not opened. */
class SnapshotFaultTest {
    private static final DatabaseOptions OPTIONS = options(Long.MAX_VALUE);

    private final FaultDisk log = new FaultDisk();
    private final FaultDisk snapshots = new FaultDisk();

    private static DatabaseOptions options(long logBytesKept) {
        DatabaseOptions standard = DatabaseOptions.standard(SingleNode.ID);
        return new DatabaseOptions(
                standard.log().withSegmentBytes(4096).withRecentBytes(0),
                standard.transactionBytesMax(),
                new SnapshotOptions(2, new LogRetention(logBytesKept, logBytesKept), 2));
    }

    private static void write(SingleNode main, int number) {
        main.write(t -> {
            long node = t.createNode(new int[] {t.tokenFor(NameKind.LABEL, "L" + number % 3)});
            t.setNodeProperty(node, t.tokenFor(NameKind.PROPERTY_KEY, "text"), Value.of("value " + number));
            t.createRelationship(t.tokenFor(NameKind.RELATIONSHIP_TYPE, "T"), node, number % 2 == 0 ? node : 0);
        });
    }

    @Test
    void everyPrefixAndEveryBitFlipOfASnapshotIsFoundOut() {
        byte[] whole;
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            for (int i = 0; i < 8; i++) {
                write(main, i);
            }
            main.snapshot();
            whole = onlyFile();
        }
        assertThat(load(whole)).isInstanceOf(SnapshotDirectory.Reading.Whole.class);
        for (int length = 0; length < whole.length; length++) {
            assertDamaged(Arrays.copyOf(whole, length), "the first " + length + " bytes");
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(flipped, "bit " + bit);
        }
        assertDamaged(Arrays.copyOf(whole, whole.length + 1), "a byte more");
        byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        assertDamaged(twice, "everything twice");
    }

    private byte[] onlyFile() {
        Map<String, byte[]> files = snapshots.files();
        assertThat(files).hasSize(1);
        return files.values().iterator().next();
    }

    private static void assertDamaged(byte[] bytes, String what) {
        assertThat(load(bytes)).as(what).isInstanceOfSatisfying(SnapshotDirectory.Reading.Damaged.class, damaged -> {
            assertThat(damaged.reason().code()).isEqualTo(ErrorCode.STORAGE_FAILURE);
            assertThat(damaged.reason()).hasMessageContaining("disk/").hasMessageContaining("at offset ");
        });
    }

    private static SnapshotDirectory.Reading load(byte[] bytes) {
        SnapshotDirectory directory =
                SnapshotDirectory.open(FaultDisk.of(Map.of("0000000000000000009.snapshot", bytes)));
        GraphStore store = new GraphStore();
        SnapshotFile file = directory.list().getFirst();
        return directory.load(file, store, new GraphApplier(store, FreedSlots.IGNORED), 1, read -> {});
    }

    @Test
    void withADamagedSnapshotAnOlderOneAndTheLogYieldTheSame() {
        long hash;
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            write(main, 1);
            main.snapshot();
            write(main, 2);
            main.snapshot();
            write(main, 3);
            hash = main.database().stateHash();
        }
        Map<String, byte[]> files = new TreeMap<>(snapshots.files());
        List<String> names = List.copyOf(files.keySet());
        for (List<String> damaged : List.of(names.subList(1, 2), names)) {
            Map<String, byte[]> changed = new TreeMap<>(files);
            damaged.forEach(name -> changed.compute(name, (same, bytes) -> {
                byte[] flipped = bytes.clone();
                flipped[bytes.length / 2] ^= 1;
                return flipped;
            }));
            FaultDisk found = FaultDisk.of(changed);
            try (SingleNode again = SingleNode.replica(FaultDisk.of(log.files()), found, OPTIONS)) {
                assertThat(again.database().stateHash()).isEqualTo(hash);
                assertThat(again.damagedSnapshots()).hasSize(damaged.size());
                assertThat(again.damagedSnapshots().getFirst())
                        .contains("at offset")
                        .contains(".damaged");
                assertThat(found.files().keySet())
                        .hasSize(2)
                        .filteredOn(name -> name.endsWith(".damaged"))
                        .hasSize(damaged.size());
            }
        }
    }

    @Test
    void withoutAnOlderStateADamagedSnapshotIsRefusedAndStays() {
        try (SingleNode main = SingleNode.main(log, snapshots, options(0))) {
            for (int i = 0; i < 60; i++) {
                write(main, i);
            }
            main.snapshot();
            assertThat(main.database().logStart().lsn()).isGreaterThan(0);
        }
        Map<String, byte[]> files = new TreeMap<>(snapshots.files());
        files.replaceAll((name, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));
        FaultDisk found = FaultDisk.of(files);
        assertThatThrownBy(() -> SingleNode.replica(FaultDisk.of(log.files()), found, OPTIONS))
                .isInstanceOfSatisfying(SkeinException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE);
                    assertThat(e).hasMessageContaining("at offset").hasMessageContaining("the log begins after record");
                });
        assertThat(found.files()).hasSameSizeAs(files).containsOnlyKeys(files.keySet());
        assertThatThrownBy(() -> SingleNode.replica(FaultDisk.of(log.files()), new FaultDisk(), OPTIONS))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("cannot be brought back");
    }

    @Test
    void aSnapshotOfAnotherHistoryIsRefused() {
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            write(main, 1);
            main.snapshot();
        }
        FaultDisk otherLog = new FaultDisk();
        try (SingleNode other = SingleNode.main(otherLog, new FaultDisk(), OPTIONS)) {
            write(other, 2);
        }
        assertThatThrownBy(() -> SingleNode.replica(otherLog, snapshots, OPTIONS))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("does not belong to the log");
    }

    @Test
    void everyCrashWhileSnapshotsAreTakenLeavesTheSameDatabase() {
        Crashes crashes = new Crashes();
        try (SingleNode main = SingleNode.main(log, snapshots, options(0))) {
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 30; i++) {
                    write(main, i);
                }
                main.database().audit();
                crashes.hash = main.database().stateHash();
                snapshots.afterOperation(crashes::look);
                log.afterOperation(crashes::look);
                main.snapshot();
                snapshots.afterOperation(() -> {});
                log.afterOperation(() -> {});
            }
            assertThat(main.database().logStart().lsn()).isGreaterThan(0);
        }
        assertThat(crashes.failures).isEmpty();
        assertThat(crashes.count).isGreaterThan(150);
    }

    /** Opens what a crash leaves, on both disks at one moment. */
    private final class Crashes {
        private final List<String> failures = new ArrayList<>();
        private long hash;
        private int count;

        synchronized void look() {
            for (Kept kept : Kept.values()) {
                Random random = new Random(count++);
                FaultDisk foundLog = log.crash(kept, random);
                FaultDisk foundSnapshots = snapshots.crash(kept, random);
                try (SingleNode again = SingleNode.replica(foundLog, foundSnapshots, options(0))) {
                    StringBuilder problem = new StringBuilder();
                    // the mark of the newest decisions may not be on disk yet: nobody was told that they are
                    again.decide(again.database().logEnd().lsn());
                    if (again.database().stateHash() != hash) {
                        problem.append("another state at ")
                                .append(again.database().appliedLsn());
                    }
                    if (foundSnapshots.files().keySet().stream().anyMatch(name -> name.endsWith(".tmp"))) {
                        problem.append(" debris");
                    }
                    if (!again.damagedSnapshots().isEmpty()) {
                        problem.append(again.damagedSnapshots());
                    }
                    if (!problem.isEmpty()) {
                        failures.add(kept + ", crash " + count + ": " + problem);
                    }
                } catch (RuntimeException e) {
                    failures.add(kept + ", crash " + count + ": " + e);
                }
            }
        }
    }

    @Test
    void aFullDiskLeavesNoDebrisAndCommitsGoOn() {
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            write(main, 1);
            for (int bytes = 0; bytes < 300; bytes += 50) {
                snapshots.limitSpace(bytes);
                assertThatThrownBy(main::snapshot)
                        .isInstanceOf(SkeinException.class)
                        .hasMessageContaining("No space left on device")
                        .hasMessageContaining("commits go on");
                assertThat(snapshots.files()).isEmpty();
                write(main, bytes);
            }
            snapshots.limitSpace(Long.MAX_VALUE);
            main.snapshot();
            assertThat(main.database().snapshotFiles()).hasSize(1);
        }
    }

    @Test
    void aFailedForceIsNotASnapshot() {
        try (SingleNode main = SingleNode.main(log, snapshots, OPTIONS)) {
            write(main, 1);
            snapshots.failForces(new IOException("the disk is gone"));
            assertThatThrownBy(main::snapshot)
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("the disk is gone");
            assertThat(snapshots.files()).isEmpty();
            write(main, 2);
            assertThat(main.<Long>read(StoreTransaction::nodeCount)).isEqualTo(2);
        }
    }

    @Test
    void aSnapshotOnItsWayEndsWithTheDatabase() throws InterruptedException {
        SingleNode main = SingleNode.main(log, snapshots, OPTIONS);
        write(main, 1);
        SnapshotJob job = main.database().beginSnapshot();
        Thread closing = Thread.ofPlatform().start(main::close);
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> job.run())
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSACTION_TERMINATED));
        job.close();
        closing.join();
        assertThat(snapshots.files()).isEmpty();
    }
}
