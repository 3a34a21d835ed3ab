package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;
import skein.storage.snapshot.BlockSource;
import skein.storage.snapshot.SnapshotContent;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.snapshot.SnapshotLoader;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.FileDisk;
import skein.storage.wal.core.LogRetention;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** A snapshot holds one state, whole, and the state it holds is what the log says. */
class SnapshotTest {
    /** Small segments, and nothing of the log is kept that a snapshot makes superfluous. */
    private static final DatabaseOptions SMALL = DatabaseOptions.standard(SingleNode.ID)
            .withSnapshots(SnapshotOptions.standard().withRetention(new LogRetention(0, 0)));

    @TempDir
    private Path directory;

    private static DatabaseOptions small() {
        return new DatabaseOptions(
                SMALL.log().withSegmentBytes(4096).withRecentBytes(0), SMALL.transactionBytesMax(), SMALL.snapshots());
    }

    @Test
    void snapshotAndSuffixYieldWhatTheWholeLogYields() throws IOException {
        long hash = 0;
        GraphModel model = new GraphModel();
        for (int seed = 0; seed < 8; seed++) {
            try (SingleNode main = SingleNode.main(directory, small())) {
                assertThat(main.database().stateHash()).as("round %d", seed).isEqualTo(hash);
                try (StoreTransaction read = main.begin()) {
                    ModelCheck.assertSame(read, model, RandomSession.LABELS, RandomSession.TYPES);
                }
                SplittableRandom random = new SplittableRandom(seed);
                for (int i = 0; i < 60; i++) {
                    model = commitRandom(main, model, random);
                    if (i == 30) {
                        main.snapshot();
                    }
                }
                hash = main.database().stateHash();
                assertThat(main.database().logStart().lsn())
                        .as("the log begins later once old segments are gone")
                        .isGreaterThan(seed > 2 ? 0L : -1L);
            }
        }
        assertThat(list()).hasSize(3);
    }

    private static GraphModel commitRandom(SingleNode main, GraphModel model, SplittableRandom random) {
        StoreTransaction transaction = main.begin();
        RandomSession session = new RandomSession(transaction, model, random);
        for (int step = 0; step < 8; step++) {
            session.step();
        }
        main.commit(transaction);
        return session.model;
    }

    private List<SnapshotFile> list() throws IOException {
        return snapshots().list();
    }

    private SnapshotDirectory snapshots() throws IOException {
        return SnapshotDirectory.open(new FileDisk(directory.resolve("snapshots")));
    }

    @Test
    void everyKindOfValueComesBack() {
        List<Value> values = List.of(
                Value.of(true),
                Value.of(7L),
                Value.of(Long.MIN_VALUE),
                Value.of(1.1),
                Value.of(Double.NaN),
                Value.of(""),
                Value.of("ein längerer Text, mit \uD83D\uDE00"),
                new Value.BytesValue(new byte[] {0, -1}),
                Value.of(List.of(Value.of(1L), Value.of("x"), Value.of(List.of()))),
                new Value.MapValue(Map.of("k", Value.of(List.of(Value.of(2L))))),
                new Value.DateValue(LocalDate.of(2024, 2, 29)),
                new Value.TimeValue(OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(2))),
                new Value.LocalTimeValue(LocalTime.of(1, 2, 3, 4)),
                new Value.DateTimeValue(
                        ZonedDateTime.of(LocalDateTime.of(2024, 1, 1, 0, 0), ZoneId.of("Europe/Paris"))),
                new Value.LocalDateTimeValue(LocalDateTime.of(1969, 1, 1, 0, 0)),
                new Value.DurationValue(1, -2, 3, 4),
                new Value.PointValue(Value.PointValue.WGS_84_3D, 1, 2, 3));
        try (SingleNode main = SingleNode.main(directory, small())) {
            main.write(t -> {
                long start = t.createNode(new int[0]);
                for (int i = 0; i < values.size(); i++) {
                    int key = t.tokenFor(NameKind.PROPERTY_KEY, "key" + i);
                    t.setNodeProperty(start, key, values.get(i));
                    long relationship = t.createRelationship(t.tokenFor(NameKind.RELATIONSHIP_TYPE, "T"), start, start);
                    t.setRelationshipProperty(relationship, key, values.get(i));
                }
            });
            main.snapshot();
        }
        try (SingleNode main = SingleNode.replica(directory, small())) {
            for (int i = 0; i < values.size(); i++) {
                int key = i;
                assertThat(main.<Value>read(t -> t.nodeProperty(0, t.tokenOf(NameKind.PROPERTY_KEY, "key" + key))))
                        .isEqualTo(values.get(i));
                assertThat(main.<Value>read(
                                t -> t.relationshipProperty(key, t.tokenOf(NameKind.PROPERTY_KEY, "key" + key))))
                        .isEqualTo(values.get(i));
            }
        }
    }

    @Test
    void nodesWithVeryManyRelationshipsComeBackWholeAndTakeMore() {
        int around = 80_000;
        try (SingleNode main = SingleNode.main(directory, small())) {
            main.write(t -> {
                int[] types = {t.tokenFor(NameKind.RELATIONSHIP_TYPE, "A"), t.tokenFor(NameKind.RELATIONSHIP_TYPE, "B")
                };
                long hub = t.createNode(new int[0]);
                long other = t.createNode(new int[] {t.tokenFor(NameKind.LABEL, "Other")});
                for (int i = 0; i < around; i++) {
                    t.createRelationship(types[i % 2], hub, i % 10 == 0 ? hub : other);
                    if (i % 100 == 0) {
                        t.createRelationship(types[0], other, hub);
                    }
                }
            });
            main.write(t -> t.deleteRelationship(5));
            main.snapshot();
        }
        try (SingleNode main = SingleNode.main(directory, small())) {
            int[] any = {};
            assertThat(main.<Long>read(t -> t.degree(0, Direction.OUTGOING, any)))
                    .isEqualTo(around - 1);
            assertThat(main.<Long>read(t -> t.degree(0, Direction.INCOMING, any)))
                    .isEqualTo(around / 10 + around / 100);
            main.write(t -> t.createRelationship(0, 0, 1));
            main.write(t -> t.deleteRelationship(7));
            assertThat(main.<Long>read(t -> t.degree(1, Direction.INCOMING, any)))
                    .isEqualTo(around - 1 - around / 10);
        }
    }

    @Test
    void aSnapshotTakenUnderLoadHoldsWhatTheLogSaysUpToItsRecord() throws Exception {
        try (SingleNode main = SingleNode.main(directory);
                SingleNode other = SingleNode.replica(directory.resolve("other"))) {
            fill(main);
            SnapshotJob job = main.database().beginSnapshot();
            Thread writing = Thread.ofPlatform().start(() -> job.run());
            do {
                main.write(t -> t.deleteNode(t.nodeCount() - 1));
                main.write(t -> t.setNodeProperty(
                        t.nodeCount() / 2, t.tokenFor(NameKind.PROPERTY_KEY, "text"), Value.of(t.snapshot())));
                main.write(t -> t.createRelationship(t.tokenFor(NameKind.RELATIONSHIP_TYPE, "R"), 0, 1));
            } while (writing.isAlive());
            writing.join();
            job.close();
            assertThat(main.database().appliedLsn()).as("the load went on").isGreaterThan(job.lsn());
            for (ByteBuffer chunk : main.log(0, 1 << 20)) {
                other.database().appendReplicated(chunk);
            }
            other.decide(job.lsn());
            SnapshotContent content = verified(list().getFirst());
            assertThat(content.head().position().lsn()).isEqualTo(job.lsn());
            assertThat(content.stateHash()).isEqualTo(other.database().stateHash());
            assertThat(content.nodes()).isEqualTo(other.read(StoreTransaction::nodeCount));
        }
    }

    private static void fill(SingleNode main) {
        for (int part = 0; part < 4; part++) {
            main.write(t -> {
                int label = t.tokenFor(NameKind.LABEL, "N");
                int key = t.tokenFor(NameKind.PROPERTY_KEY, "text");
                for (int i = 0; i < 15_000; i++) {
                    long node = t.createNode(new int[] {label});
                    t.setNodeProperty(node, key, Value.of("some text that takes a little room " + i));
                }
            });
        }
    }

    private SnapshotContent verified(SnapshotFile file) throws Exception {
        try (BlockSource source = snapshots().read(file)) {
            return SnapshotLoader.verify(source);
        }
    }

    @Test
    void indexesComeBackAndAreUsed() {
        try (SingleNode main = SingleNode.main(directory, small())) {
            main.write(t -> t.createIndex("N", "p"));
            main.write(t -> {
                for (int i = 0; i < 100; i++) {
                    long node = t.createNode(new int[] {t.tokenFor(NameKind.LABEL, "N")});
                    t.setNodeProperty(node, t.tokenFor(NameKind.PROPERTY_KEY, "p"), Value.of((long) i % 10));
                }
            });
            main.snapshot();
        }
        try (SingleNode main = SingleNode.main(directory, small())) {
            assertThat(main.database().snapshotWouldTell()).isFalse();
            try (StoreTransaction t = main.begin()) {
                int label = t.tokenOf(NameKind.LABEL, "N");
                int key = t.tokenOf(NameKind.PROPERTY_KEY, "p");
                assertThat(t.hasIndex(label, key)).isTrue();
                EntityCursor found = t.nodesWithProperty(label, key, Value.of(3L));
                int count = 0;
                for (; found.next(); count++) {
                    assertThat(t.nodeProperty(found.id(), key)).isEqualTo(Value.of(3L));
                }
                assertThat(count).isEqualTo(10);
            }
        }
    }

    @Test
    void withoutAChangeNoSnapshotIsTakenAndOneAtATime() {
        try (SingleNode main = SingleNode.main(directory, small())) {
            refused(main, "Nothing has changed");
            main.write(t -> t.createNode(new int[0]));
            try (SnapshotJob job = main.database().beginSnapshot()) {
                refused(main, "being written");
                job.run();
            }
            refused(main, "Nothing has changed");
        }
        try (SingleNode main = SingleNode.main(directory, small())) {
            refused(main, "Nothing has changed");
        }
    }

    @Test
    void aDatabaseWithSystemRecordsIsRecoveredFromItsLogAlone() {
        try (SingleNode main = SingleNode.main(directory, small())) {
            main.decide(main.database().sequenceSystem(new byte[] {1}));
            refused(main, "Nothing has changed");
        }
    }

    private static void refused(SingleNode main, String reason) {
        assertThatThrownBy(() -> main.database().beginSnapshot()).isInstanceOfSatisfying(SkeinException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(e).hasMessageContaining(reason);
        });
    }

    @Test
    void recordsAfterTheSettledOneCanStillBeTakenBack() {
        long settled;
        try (SingleNode main = SingleNode.main(directory, small())) {
            settled = main.write(t -> t.createNode(new int[0]));
        }
        try (SingleNode main = SingleNode.main(directory, small())) {
            assertThat(main.database().appliedLsn()).isGreaterThan(settled);
            main.snapshot();
            main.database().truncateAfter(settled);
            assertThat(main.<Long>read(StoreTransaction::nodeCount)).isEqualTo(1);
        }
        try (SingleNode again = SingleNode.replica(directory, small())) {
            assertThat(again.database().appliedLsn()).isEqualTo(settled);
            assertThat(again.<Long>read(StoreTransaction::nodeCount)).isEqualTo(1);
        }
    }

    @Test
    void slotsOnceUsedStayBelowTheLimit() {
        try (SingleNode main = SingleNode.main(directory, small())) {
            List<Long> nodes = new ArrayList<>();
            main.write(t -> {
                for (int i = 0; i < 10; i++) {
                    nodes.add(t.createNode(new int[0]));
                }
            });
            main.write(t -> nodes.subList(5, 10).forEach(t::deleteNode));
            main.snapshot();
        }
        try (SingleNode main = SingleNode.main(directory, small())) {
            assertThat(main.<Long>read(StoreTransaction::nodeCount)).isEqualTo(5);
            main.write(t -> assertThat(t.createNode(new int[0])).isBetween(5L, 9L));
        }
    }

    @Test
    void theLineageOutlivesTheRecordsThatMadeIt() {
        List<LogPosition> lineage = List.of();
        for (int i = 0; i < 5; i++) {
            try (SingleNode main = SingleNode.main(directory, small())) {
                for (int j = 0; j < 40; j++) {
                    main.write(t -> t.createNode(new int[] {t.tokenFor(NameKind.LABEL, "A label")}));
                }
                main.snapshot();
                assertThat(main.database().lineage()).containsAll(lineage);
                lineage = main.database().lineage();
            }
        }
        try (SingleNode main = SingleNode.replica(directory, small())) {
            assertThat(main.database().logStart().lsn()).isGreaterThan(0);
            assertThat(main.database().lineage()).isEqualTo(lineage).hasSize(5);
        }
    }

    @Test
    void aDatabaseMadeOfASnapshotHasALogThatYieldsIt() {
        long hash;
        try (SingleNode main = SingleNode.main(directory.resolve("from"), small())) {
            main.write(t -> t.createIndex("N", "text"));
            fill(main);
            main.write(t -> {
                int type = t.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
                for (int i = 0; i < 40_000; i++) {
                    t.createRelationship(type, 3, i);
                }
                for (int i = 1; i < 500; i++) {
                    t.createRelationship(type, i, 0);
                }
            });
            main.write(t -> t.deleteRelationship(17));
            hash = main.database().stateHash();
            Path file = Path.of(main.snapshot().file().path());
            SnapshotImport.run(file, directory.resolve("to"), DatabaseOptions.standard(new UUID(5, 5)));
        }
        try (SingleNode made = SingleNode.main(directory.resolve("to"), DatabaseOptions.standard(new UUID(6, 6)));
                SingleNode replica =
                        SingleNode.replica(directory.resolve("replica"), DatabaseOptions.standard(new UUID(5, 5)))) {
            assertThat(made.database().id()).isEqualTo(new UUID(5, 5));
            assertThat(made.database().stateHash()).isEqualTo(hash);
            made.write(t -> t.createNode(new int[0]));
            for (ByteBuffer chunk : made.log(0, 1 << 20)) {
                replica.database().appendReplicated(chunk);
            }
            replica.decide(made.database().logEnd().lsn());
            assertThat(replica.database().stateHash()).isEqualTo(made.database().stateHash());
        }
    }

    @Test
    void whatIsNoSnapshotIsRefusedByName() throws IOException {
        Path file = directory.resolve("notes.txt");
        assertThatThrownBy(() -> SnapshotImport.run(file, directory.resolve("to"), SMALL))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("There is no snapshot");
        Files.writeString(file, "these are notes, and more than thirty-two bytes of them");
        assertThatThrownBy(() -> SnapshotImport.run(file, directory.resolve("to"), SMALL))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("notes.txt at offset 0");
        assertThat(directory.resolve("to")).doesNotExist();
    }
}
