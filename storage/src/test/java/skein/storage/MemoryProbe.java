package skein.storage;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.LogSettings;
import skein.storage.wal.SyncPolicy;
import skein.vocabulary.Epoch;
import skein.vocabulary.SkeinException;

/**
 * A process of its own for {@link MemoryBudgetTest}: prints bytes of live heap, one {@code name=bytes} a line. The
 * graph is as large as that of the Marvel universe, 21,723 nodes and 682,943 relationships, the ends at random; nodes
 * have one label and two small properties.
 */
final class MemoryProbe {
    static final int MARVEL_NODES = 21_723;
    static final int MARVEL_RELATIONSHIPS = 682_943;

    /** For the bytes of one node: enough that what a graph costs by itself does not matter. */
    static final int NODES = 100_000;

    private static final int BATCH = 10_000;
    private static final int NAMES = 100_000_000;

    private MemoryProbe() {}

    /** Works in the directory that the first argument names. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        tell("empty", live());
        try (Database database = open(directory.resolve("nodes"))) {
            tell("idle", live());
            // the classes that this needs are no part of a node
            createNodes(database, BATCH);
            tell("fewNodes", live());
            createNodes(database, NODES);
            tell("nodes", live());
        }
        try (Database database = open(directory.resolve("marvel"))) {
            createNodes(database, MARVEL_NODES);
            tell("marvelNodes", live());
            createRelationships(database);
            tell("marvel", live());
        }
        try (Database database = open(directory.resolve("marvel"))) {
            tell("marvelRecovered", live());
            tell("relationships", relationships(database));
        }
    }

    private static long relationships(Database database) {
        try (StoreTransaction transaction = database.begin(AccessMode.READ)) {
            return transaction.relationshipCount();
        }
    }

    private static void tell(String name, long number) {
        System.out.println(name + "=" + number);
    }

    private static long live() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The log's window of recent records is the same for every graph, so it is left out. */
    private static Database open(Path directory) {
        LogSettings log = LogSettings.standard(SingleNode.ID).withRecentBytes(0).withSync(new SyncPolicy.Off());
        Database database = Database.open(directory, new DatabaseOptions(log, Long.MAX_VALUE), new Deaf());
        long number = database.lineage().size() + 1L;
        database.decide(
                database.openReign(new Epoch(number, new UUID(1, number))).lsn());
        awaitWritten(database);
        return database;
    }

    private static void createNodes(Database database, int count) {
        for (int from = 0; from < count; from += BATCH) {
            int first = from;
            int end = Math.min(count, from + BATCH);
            write(database, transaction -> {
                int[] labels = {transaction.tokenFor(NameKind.LABEL, "Character")};
                int id = transaction.tokenFor(NameKind.PROPERTY_KEY, "id");
                int name = transaction.tokenFor(NameKind.PROPERTY_KEY, "name");
                for (int i = first; i < end; i++) {
                    long node = transaction.createNode(labels);
                    transaction.setNodeProperty(node, id, Value.of(i));
                    transaction.setNodeProperty(
                            node, name, Value.of(Integer.toString(NAMES + i).substring(1)));
                }
            });
        }
    }

    private static void createRelationships(Database database) {
        SplittableRandom random = new SplittableRandom(1);
        for (int from = 0; from < MARVEL_RELATIONSHIPS; from += BATCH) {
            int count = Math.min(BATCH, MARVEL_RELATIONSHIPS - from);
            write(database, transaction -> {
                int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "KNOWS");
                for (int i = 0; i < count; i++) {
                    transaction.createRelationship(type, random.nextInt(MARVEL_NODES), random.nextInt(MARVEL_NODES));
                }
            });
        }
    }

    /** Nothing here has to survive: what is in the log is decided. */
    private static void write(Database database, Consumer<StoreTransaction> work) {
        long lsn;
        try (StoreTransaction transaction = database.begin(AccessMode.WRITE)) {
            work.accept(transaction);
            lsn = database.sequence(transaction);
        }
        database.decide(lsn);
        awaitWritten(database);
    }

    /** Records that wait for the log's thread are no part of the graph. */
    private static void awaitWritten(Database database) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> database.durableLsn() == database.logEnd().lsn());
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
