package skein.storage.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.Database;
import skein.storage.DatabaseOptions;
import skein.storage.LogListener;
import skein.storage.SnapshotJob;
import skein.storage.api.ConstraintRule;
import skein.storage.api.NameKind;
import skein.storage.log.GraphOperation;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.DirectoryLock;
import skein.storage.wal.DurabilityListener;
import skein.storage.wal.LogSettings;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Two databases and a log of roles, damaged in each way there is; and never a byte changed by the check. */
final class DirectoryCheckTest {
    private static final int SEGMENT_BYTES = 4096;
    private static final int TRANSACTIONS = 200;

    @TempDir
    private Path directory;

    private final AtomicLong reported = new AtomicLong();

    @BeforeEach
    void fill() {
        DirectoryLock.acquire(directory).close();
        write("databases/one", 1);
        write("databases/two", 2);
        LogSettings settings = LogSettings.standard(new UUID(3, 3)).withSegmentBytes(SEGMENT_BYTES);
        try (WriteAheadLog roles = WriteAheadLog.open(directory.resolve("role"), settings, NOBODY)) {
            roles.append(RecordCodec.draft(new RecordBody.SystemPayload(new byte[] {1, 2, 3})), 1);
        }
    }

    private void write(String name, long id) {
        try (Database database = open(name, id)) {
            database.decide(database.openReign(new Epoch(1, new UUID(id, 7))).lsn());
            for (int i = 0; i < TRANSACTIONS; i++) {
                write(database, i);
            }
        }
    }

    private void write(Database database, int i) {
        try (StoreTransaction transaction = database.begin(AccessMode.WRITE)) {
            long node = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "L")});
            transaction.setNodeProperty(node, transaction.tokenFor(NameKind.PROPERTY_KEY, "p"), Value.of("text " + i));
            if (node > 0) {
                int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "NEXT");
                transaction.createRelationship(type, node - 1, node);
            }
            database.decide(database.sequence(transaction));
        }
    }

    private static Path snapshot(Database database) {
        try (SnapshotJob job = database.beginSnapshot()) {
            return Path.of(job.run().file().path());
        }
    }

    private Database open(String name, long id) {
        DatabaseOptions standard = DatabaseOptions.standard(new UUID(id, id));
        DatabaseOptions options =
                new DatabaseOptions(standard.log().withSegmentBytes(SEGMENT_BYTES), standard.memory());
        return Database.open(directory.resolve(name), options, SILENT);
    }

    /** Runs the check, and sees that it left no trace. */
    private CheckReport check() throws IOException {
        TreeMap<String, String> before = content();
        CheckReport report =
                DirectoryCheck.of(directory, (part, done, total) -> reported.set(done * 100 / Math.max(1, total)));
        assertThat(content()).isEqualTo(before);
        return report;
    }

    private TreeMap<String, String> content() throws IOException {
        TreeMap<String, String> content = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                String bytes = Files.isRegularFile(path)
                        ? Files.getLastModifiedTime(path) + " " + Arrays.hashCode(Files.readAllBytes(path))
                        : "";
                content.put(directory.relativize(path).toString(), bytes);
            }
        }
        return content;
    }

    private List<Path> segments(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static void overwrite(Path file, long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.write(bytes);
        }
    }

    /** One damage, of which the check names the place, while it still checks everything else. */
    private void expectFinding(String name, String... words) throws IOException {
        CheckReport report = check();
        assertThat(report.parts()).hasSize(3);
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding).contains(words));
        assertThat(report.parts())
                .allSatisfy(
                        part -> assertThat(part.findings()).hasSize(part.name().equals(name) ? 1 : 0));
    }

    @Test
    void aWholeDirectoryHasNoFindings() throws IOException {
        CheckReport report = check();
        assertThat(report.findings()).isEmpty();
        assertThat(report.parts())
                .extracting(CheckReport.Part::name)
                .containsExactly("databases/one", "databases/two", "role");
        assertThat(report.parts().getFirst().facts()).contains("200 nodes, 199 relationships, state hash");
        assertThat(report.parts()).allSatisfy(part -> assertThat(part.notes()).isEmpty());
        assertThat(reported.get()).isPositive();
    }

    @Test
    void aFlippedBitIsNamedWithFileAndOffset() throws IOException {
        Path segment = segments("databases/one").get(1);
        byte[] bytes = Files.readAllBytes(segment);
        overwrite(segment, 1000, new byte[] {(byte) (bytes[1000] ^ 4)});
        expectFinding("databases/one", segment.toString(), "at offset ");
    }

    @Test
    void aMissingSegmentIsFound() throws IOException {
        List<Path> segments = segments("databases/two");
        Files.delete(segments.get(1));
        expectFinding("databases/two", segments.get(2).toString(), "continues");
    }

    @Test
    void aMissingFirstSegmentIsFound() throws IOException {
        Files.delete(segments("databases/two").getFirst());
        expectFinding("databases/two", segments("databases/two").getFirst().toString());
    }

    @Test
    void aSegmentOfAnotherDatabaseIsFound() throws IOException {
        Path own = segments("databases/one").getFirst();
        Files.write(own, Files.readAllBytes(segments("databases/two").getFirst()));
        expectFinding("databases/one", own.toString(), "belongs to database");
    }

    @Test
    void decidedRecordsThatAreGoneAreFound() throws IOException {
        List<Path> segments = segments("databases/one");
        Files.delete(segments.getLast());
        expectFinding("databases/one", segments.get(segments.size() - 2).toString(), "decided");
    }

    @Test
    void aDestroyedMarkIsFound() throws IOException {
        Path mark = directory.resolve("databases/one/mark");
        overwrite(mark, 0, new byte[(int) Files.size(mark)]);
        expectFinding("databases/one", mark.toString(), "neither of its two slots");
    }

    @Test
    void aMissingMarkIsFound() throws IOException {
        Path mark = directory.resolve("databases/one/mark");
        Files.delete(mark);
        expectFinding("databases/one", mark.toString(), "missing");
    }

    @Test
    void everySnapshotIsCheckedAndNotOnlyTheNewest() throws IOException {
        Path older;
        try (Database database = open("databases/one", 1)) {
            older = snapshot(database);
            database.decide(database.openReign(new Epoch(2, new UUID(1, 8))).lsn());
            write(database, 500);
            snapshot(database);
        }
        CheckReport report = check();
        assertThat(report.findings()).isEmpty();
        assertThat(report.parts().getFirst().notes()).containsExactly("2 snapshots are whole");
        overwrite(older, Files.size(older) / 2, new byte[] {99, 98, 97});
        expectFinding("databases/one", older.toString());
    }

    @Test
    void theLogOfRolesIsCheckedToo() throws IOException {
        Path segment = segments("role").getFirst();
        overwrite(segment, 10, new byte[] {1, 2, 3, 4});
        expectFinding("role", segment.toString(), "at offset 0");
    }

    /** Every checksum fits, and yet no graph can follow from it. */
    @Test
    void aRecordThatCannotBeAppliedIsFound() throws IOException {
        appendToLog("databases/one", 1, new GraphOperation.DeleteNode(1234));
        expectFinding("databases/one", "cannot be applied");
    }

    /** A record that no sequencer would have written: constraints are checked before, and proven here. */
    @Test
    void aBrokenConstraintIsFound() throws IOException {
        try (Database database = open("databases/one", 1)) {
            database.decide(database.openReign(new Epoch(2, new UUID(1, 8))).lsn());
            try (StoreTransaction transaction = database.begin(AccessMode.WRITE)) {
                transaction.createConstraint("", new ConstraintRule.Unique("L", List.of("p")));
                database.decide(database.sequence(transaction));
            }
        }
        assertThat(check().findings()).isEmpty();
        appendToLog("databases/one", 1, new GraphOperation.SetNodeProperty(7, 0, Value.of("text 8")));
        expectFinding("databases/one", "node 8 breaks", "UNIQUE :L(p)", "text 8", "node 7");
    }

    @Test
    void aMissingPropertyThatMustExistIsFound() throws IOException {
        try (Database database = open("databases/two", 2)) {
            database.decide(database.openReign(new Epoch(2, new UUID(2, 8))).lsn());
            try (StoreTransaction transaction = database.begin(AccessMode.WRITE)) {
                transaction.createConstraint("", new ConstraintRule.Exists("L", "p"));
                database.decide(database.sequence(transaction));
            }
            snapshot(database);
        }
        assertThat(check().findings()).isEmpty();
        appendToLog("databases/two", 2, new GraphOperation.SetNodeProperty(7, 0, Value.NULL));
        expectFinding("databases/two", "node 7 breaks", "EXISTS :L(p)");
    }

    private void appendToLog(String name, long id, GraphOperation operation) {
        LogSettings settings = LogSettings.standard(new UUID(id, id)).withSegmentBytes(SEGMENT_BYTES);
        try (WriteAheadLog log = WriteAheadLog.open(directory.resolve(name), settings, NOBODY)) {
            long lsn = log.end().lsn() + 1;
            log.append(RecordCodec.draft(new RecordBody.DataChanges(List.of(), List.of(operation))), lsn);
            log.flush();
            log.decide(lsn);
        }
    }

    @Test
    void aTornTailIsANoteAndStays() throws IOException {
        Path torn = segments("databases/one").getLast();
        byte[] bytes = Files.readAllBytes(torn);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        overwrite(torn, end + 16L, new byte[] {1, 2, 3});
        CheckReport report = check();
        assertThat(report.findings()).isEmpty();
        assertThat(report.parts().getFirst().notes())
                .singleElement()
                .satisfies(note -> assertThat(note).contains("torn", torn.toString()));
    }

    @Test
    void undecidedRecordsAreANote() throws IOException {
        try (Database database = open("databases/one", 1)) {
            database.openReign(new Epoch(2, new UUID(1, 8)));
        }
        CheckReport report = check();
        assertThat(report.findings()).isEmpty();
        assertThat(report.parts().getFirst().notes())
                .singleElement()
                .satisfies(note -> assertThat(note).contains("1 records", "not decided"));
    }

    @Test
    void aRunningInstanceIsLeftAlone() {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(this::check)
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORAGE_FAILURE))
                    .hasMessageContaining("is locked by");
        }
    }

    @Test
    void whatIsNoDataDirectoryIsRefused(@TempDir Path empty) {
        DirectoryCheck.Progress nobody = (part, done, total) -> {};
        assertThatThrownBy(() -> DirectoryCheck.of(empty, nobody)).hasMessageContaining("nothing to check");
        assertThatThrownBy(() -> DirectoryCheck.of(empty.resolve("none"), nobody))
                .hasMessageContaining("There is no directory");
    }

    private static final DurabilityListener NOBODY = new DurabilityListener() {
        @Override
        public void durable(long lsn) {}

        @Override
        public void failed(SkeinException reason) {
            throw reason;
        }
    };

    private static final LogListener SILENT = new LogListener() {
        @Override
        public void durable(long lsn) {}

        @Override
        public void failed(SkeinException reason) {
            throw reason;
        }

        @Override
        public void systemRecord(long lsn, byte[] payload) {}
    };
}
