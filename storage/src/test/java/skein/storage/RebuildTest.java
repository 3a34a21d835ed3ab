package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.snapshot.IncomingSnapshot;
import skein.storage.snapshot.SnapshotContent;
import skein.storage.snapshot.SnapshotExport;
import skein.storage.wal.FaultDisk;
import skein.storage.wal.FaultDisk.Kept;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** A replica takes over its MAIN's state, by snapshot or by going back, and no crash leaves a mix of old and new. */
class RebuildTest {
    private static final int CHUNK_BYTES = 2000;
    private static final DatabaseOptions OPTIONS = new DatabaseOptions(
            DatabaseOptions.standard(SingleNode.ID).log().withSegmentBytes(4096).withRecentBytes(0),
            DatabaseOptions.standard(SingleNode.ID).memory(),
            new SnapshotOptions(1, 0, 1));

    private final FaultDisk mainLog = new FaultDisk();
    private final FaultDisk mainSnapshots = new FaultDisk();
    private FaultDisk log = new FaultDisk();
    private FaultDisk snapshots = new FaultDisk();

    private static void write(SingleNode main, int number) {
        main.write(t -> {
            long node = t.createNode(new int[] {t.tokenFor(NameKind.LABEL, "L" + number % 3)});
            byte[] noise = new byte[300];
            new Random(number).nextBytes(noise);
            t.setNodeProperty(node, t.tokenFor(NameKind.PROPERTY_KEY, "noise"), new Value.BytesValue(noise));
            t.createRelationship(t.tokenFor(NameKind.RELATIONSHIP_TYPE, "T"), node, node);
        });
    }

    private static void follow(SingleNode main, SingleNode replica, long upTo) {
        for (ByteBuffer records : main.log(replica.database().logEnd().lsn(), 300)) {
            if (replica.database().logEnd().lsn() < upTo) {
                replica.database().appendReplicated(records);
            }
        }
        replica.decide(replica.database().logEnd().lsn());
    }

    private SingleNode mainWithSnapshot(int before, int after) {
        SingleNode main = SingleNode.main(mainLog, mainSnapshots, OPTIONS);
        for (int i = 0; i < before; i++) {
            write(main, i);
        }
        main.snapshot();
        for (int i = 0; i < after; i++) {
            write(main, before + i);
        }
        return main;
    }

    private static SnapshotExport export(SingleNode main) {
        return main.database()
                .exportSnapshot(main.database().snapshotFiles().getFirst())
                .orElseThrow();
    }

    private static SnapshotContent received(SnapshotExport export, IncomingSnapshot incoming) {
        while (!incoming.isComplete()) {
            incoming.add(incoming.received(), export.read(incoming.received(), CHUNK_BYTES));
        }
        return incoming.verify();
    }

    private static SnapshotContent received(SingleNode main, SingleNode replica) {
        try (SnapshotExport export = export(main);
                IncomingSnapshot incoming = replica.database().receiveSnapshot(export.outline())) {
            return received(export, incoming);
        }
    }

    @Test
    void aReceivedSnapshotAndTheLogAfterItYieldTheMainsState() {
        try (SingleNode main = mainWithSnapshot(60, 5)) {
            assertThat(main.database().logStart().lsn()).isPositive();
            try (SingleNode replica = SingleNode.replica(log, snapshots, OPTIONS)) {
                replica.database().rebuild().install(received(main, replica), 0);
            }
            assertThat(tails()).isEmpty();
            try (SingleNode replica = SingleNode.replica(log, snapshots, OPTIONS)) {
                assertThat(replica.database().lineage())
                        .isEqualTo(main.database().lineage());
                follow(main, replica, Long.MAX_VALUE);
                assertThat(replica.database().stateHash())
                        .isEqualTo(main.database().stateHash());
                assertThat(replica.database().logEnd())
                        .isEqualTo(main.database().logEnd());
            }
            assertThat(log.files()).doesNotContainKey("install");
            assertThat(snapshots.files()).hasSize(1);
        }
    }

    private List<String> tails() {
        return log.files().keySet().stream()
                .filter(name -> name.endsWith(".tail"))
                .toList();
    }

    @Test
    void whatASnapshotDoesNotShareIsKeptBesideTheLog() {
        try (SingleNode main = mainWithSnapshot(60, 5)) {
            try (SingleNode replica = SingleNode.replica(log, snapshots, OPTIONS)) {
                // acknowledged once, and not known to be decided any more since the power went
                replica.database().openReign(new Epoch(1, new UUID(9, 9)));
                replica.database().rebuild().install(received(main, replica), 0);
            }
            assertThat(tails()).hasSize(1);
        }
    }

    @Test
    void whatHasArrivedIsTakenUpAgainBehindTheLastIntactBlock() {
        try (SingleNode main = mainWithSnapshot(60, 0);
                SingleNode replica = SingleNode.replica(log, snapshots, OPTIONS);
                SnapshotExport export = export(main)) {
            long half;
            try (IncomingSnapshot incoming = replica.database().receiveSnapshot(export.outline())) {
                incoming.add(0, export.read(0, 100));
                half = incoming.received();
                assertThat(half).isPositive().isLessThan(export.outline().bytes());
            }
            try (IncomingSnapshot again = replica.database().receiveSnapshot(export.outline())) {
                assertThat(again.received()).isEqualTo(half);
                received(export, again);
            }
            Map<String, byte[]> files = new TreeMap<>(snapshots.files());
            files.replaceAll((name, bytes) -> {
                byte[] flipped = bytes.clone();
                flipped[bytes.length - 1] ^= 1;
                return flipped;
            });
            try (SingleNode torn = SingleNode.replica(new FaultDisk(), FaultDisk.of(files), OPTIONS);
                    IncomingSnapshot again = torn.database().receiveSnapshot(export.outline())) {
                assertThat(again.received())
                        .isGreaterThanOrEqualTo(half)
                        .isLessThan(export.outline().bytes());
                assertThat(received(export, again).stateHash())
                        .isEqualTo(main.database().stateHash());
            }
        }
    }

    @Test
    void nothingIsKeptOfAnotherSnapshot() {
        try (SingleNode main = mainWithSnapshot(60, 0);
                SingleNode replica = SingleNode.replica(log, snapshots, OPTIONS)) {
            received(main, replica);
            write(main, 99);
            main.snapshot();
            try (SnapshotExport export = export(main);
                    IncomingSnapshot incoming = replica.database().receiveSnapshot(export.outline())) {
                assertThat(incoming.received()).isZero();
                assertThat(snapshots.files()).hasSize(1);
            }
        }
    }

    @Test
    void damagedBlocksAreRefusedOnArrival() {
        try (SingleNode main = mainWithSnapshot(60, 0);
                SingleNode replica = SingleNode.replica(log, snapshots, OPTIONS);
                SnapshotExport export = export(main);
                IncomingSnapshot incoming = replica.database().receiveSnapshot(export.outline())) {
            ByteBuffer blocks = export.read(0, CHUNK_BYTES);
            blocks.put(40, (byte) (blocks.get(40) ^ 1));
            assertThatThrownBy(() -> incoming.add(0, blocks))
                    .isInstanceOfSatisfying(
                            SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPLICATION_REFUSED));
            assertThat(incoming.received()).isZero();
            assertThatThrownBy(() -> incoming.add(32, export.read(0, CHUNK_BYTES)))
                    .hasMessageContaining("do not follow");
        }
    }

    @Test
    void aSnapshotThatIsBeingSentStaysWithTheLogAfterIt() {
        try (SingleNode main = mainWithSnapshot(60, 0)) {
            SnapshotExport export = export(main);
            long lsn = export.outline().position().lsn();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 40; i++) {
                    write(main, i);
                }
                main.snapshot();
            }
            assertThat(main.database().logStart().lsn()).isLessThanOrEqualTo(lsn);
            assertThat(export.read(0, CHUNK_BYTES).remaining()).isPositive();
            export.close();
            write(main, 1);
            main.snapshot();
            assertThat(main.database().logStart().lsn()).isGreaterThan(lsn);
            assertThat(main.database().snapshotFiles()).hasSize(1);
        }
    }

    @Test
    void everyCrashOfAnInstallationLeavesTheOldStateOrTheNew() {
        Crashes crashes = new Crashes();
        try (SingleNode main = mainWithSnapshot(60, 0)) {
            try (SingleNode replica = SingleNode.replica(log, snapshots, OPTIONS)) {
                // a history of its own, with a snapshot and a log that were cut
                replica.database().openReign(new Epoch(1, new UUID(9, 9)));
                replica.decide(1);
                for (int i = 0; i < 45; i++) {
                    write(replica, 1000 + i);
                    if (i == 40) {
                        replica.snapshot();
                    }
                }
                crashes.old = replica.database().stateHash();
                crashes.installed = main.database().stateHash();
                crashes.watch();
                replica.database().rebuild().install(received(main, replica), 0);
                crashes.promised = true;
            }
            SingleNode.replica(log, snapshots, OPTIONS).close();
            crashes.end();
        }
        assertThat(crashes.failures).isEmpty();
        assertThat(crashes.oldStates).isPositive();
        assertThat(crashes.newStates).isGreaterThan(crashes.oldStates / 4);
        assertThat(crashes.count).isGreaterThan(200);
    }

    /** Opens what a crash leaves of both disks at each moment. */
    private final class Crashes {
        private final List<String> failures = new ArrayList<>();
        private long old;
        private long installed;
        private boolean promised;
        private int oldStates;
        private int newStates;
        private int count;

        void watch() {
            log.afterOperation(this::look);
            snapshots.afterOperation(this::look);
        }

        void end() {
            log.afterOperation(() -> {});
            snapshots.afterOperation(() -> {});
        }

        synchronized void look() {
            for (Kept kept : List.of(Kept.NOTHING, Kept.ALL, Kept.SOME, Kept.SOME, Kept.SOME, Kept.SOME)) {
                Random random = new Random(count++);
                FaultDisk foundLog = log.crash(kept, random);
                try (SingleNode again = SingleNode.replica(foundLog, snapshots.crash(kept, random), OPTIONS)) {
                    again.decide(again.database().logEnd().lsn());
                    long hash = again.database().stateHash();
                    boolean isOld = hash == old && !promised;
                    if (!isOld && hash != installed) {
                        failures.add(kept + ", crash " + count + ": another state at "
                                + again.database().appliedLsn());
                    }
                    if (hash == old) {
                        oldStates++;
                    } else {
                        newStates++;
                    }
                    if (foundLog.files().containsKey("install")) {
                        failures.add(kept + ", crash " + count + ": the promise is still there");
                    }
                } catch (RuntimeException e) {
                    failures.add(kept + ", crash " + count + ": " + e);
                }
            }
        }
    }

    @Test
    void aDivergedReplicaGoesBackToTheCommonPointAndKeepsWhatItGaveUp() {
        diverge(new SnapshotOptions(2, 1 << 20, 1), 1);
        assertThat(log.files().keySet()).anyMatch(name -> name.endsWith(".tail"));
    }

    @Test
    void aDivergedReplicaThatCannotGoBackBeginsAnew() {
        long applied = diverge(new SnapshotOptions(1, 0, 1), 60);
        assertThat(applied).isZero();
        assertThat(log.files().keySet()).anyMatch(name -> name.endsWith(".tail"));
        assertThat(snapshots.files()).isEmpty();
    }

    /** Answers how far the replica has come once it has given up what only it had. */
    private long diverge(SnapshotOptions kept, int own) {
        DatabaseOptions options = new DatabaseOptions(OPTIONS.log(), OPTIONS.memory(), kept);
        long applied;
        try (SingleNode main = SingleNode.main(mainLog, mainSnapshots, options)) {
            for (int i = 0; i < 5; i++) {
                write(main, i);
            }
            long common = main.database().logEnd().lsn();
            try (SingleNode replica = SingleNode.replica(log, snapshots, options)) {
                follow(main, replica, common);
            }
            try (SingleNode replica = SingleNode.main(log, snapshots, options)) {
                for (int i = 0; i < own; i++) {
                    write(replica, 1000 + i);
                }
                replica.snapshot();
                long end = replica.database().logEnd().lsn();
                long begin = replica.database().logStart().lsn();
                long after = Math.max(begin, common);
                // one record opens the reign
                assertThat(replica.database().rebuild().giveUpAfter(common))
                        .isEqualTo(new GivenUp(end - after, end - after - (begin > common ? 0 : 1), begin <= common));
            }
            try (SingleNode replica = SingleNode.replica(log, snapshots, options)) {
                applied = replica.database().appliedLsn();
                follow(main, replica, Long.MAX_VALUE);
                assertThat(replica.database().stateHash())
                        .isEqualTo(main.database().stateHash());
            }
        }
        return applied;
    }
}
