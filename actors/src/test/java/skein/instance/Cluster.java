package skein.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import skein.config.SnapshotSchedule;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.syntax.QueryLimits;
import skein.files.ImportFiles;
import skein.forwarding.ForwardingSettings;
import skein.link.memory.MemoryNetwork;
import skein.link.tcp.LinkSettings;
import skein.query.SessionSettings;
import skein.query.core.TransactionPolicy;
import skein.replication.SnapshotPolicy;
import skein.session.IsolationLevel;
import skein.storage.memory.MemoryLimits;
import skein.storage.memory.MemoryPool;
import skein.storage.wal.Platform;
import skein.storage.wal.SyncPolicy;
import skein.storage.wal.core.LogRetention;
import skein.user.UserService;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * Instances by name, each with its own directory and ports on one in-memory network; as an extension of a test, begun
 * anew for each method.
 */
final class Cluster implements BeforeEachCallback, AfterEachCallback {
    private static final int FIRST_BOLT_PORT = 7001;

    private @Nullable Path directory;
    private final MemoryNetwork network = new MemoryNetwork();
    private final Map<String, Integer> boltPorts = new HashMap<>();
    private final List<Node> started = new ArrayList<>();
    private final List<SkeinException> failures = new CopyOnWriteArrayList<>();

    /** What instances started from now on allow their clients. */
    TransactionPolicy transactions =
            new TransactionPolicy(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Duration ackTimeout = Duration.ofSeconds(5);

    /** {@code --replication-quorum}. */
    int quorum = 1;

    /** {@code --replication-forward-writes}. */
    boolean forwards;

    /** What instances started from now on keep of their logs. */
    LogRetention retention = LogRetention.standard();

    int snapshotsKept = 3;

    /** {@code --management-port}. */
    boolean managed;

    /** {@code --user-memory-mib-max}. */
    long userMemoryBytesMax = 1 << 30;

    /** {@code --replication-window-mib-max}. */
    long windowBytes = 16 << 20;

    Duration bookmarkTimeout = Duration.ofSeconds(20);

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        directory = Files.createTempDirectory("cluster");
    }

    Path directory() {
        return Invariant.present(directory, "the test has not begun");
    }

    MemoryNetwork network() {
        return network;
    }

    /** Where an instance keeps everything. */
    Path directory(String name) {
        return directory().resolve(name);
    }

    /** What a new disk looks like. */
    void wipe(String name) throws IOException {
        deleteAll(directory(name));
    }

    /** Starts an instance, or starts it again over what its directory holds. */
    Node start(String name) {
        return start(name, true);
    }

    /** With {@code --replication-restore-state-on-startup=false}. */
    Node startForgetting(String name) {
        return start(name, false);
    }

    private Node start(String name, boolean restore) {
        return start(name, restore, Surroundings.ofProcess(system -> network));
    }

    /** On this disk. */
    Node start(String name, Platform platform) {
        return start(name, new Surroundings(platform, system -> network, UnaryOperator.identity()));
    }

    /** In these surroundings, whose link is to be that of {@link #network}. */
    Node start(String name, Surroundings surroundings) {
        return start(name, true, surroundings);
    }

    private Node start(String name, boolean restore, Surroundings surroundings) {
        int port = boltPorts.computeIfAbsent(name, ignored -> FIRST_BOLT_PORT + boltPorts.size());
        UserService users = new UserService(false);
        Node node = new Node(
                Instance.start(settings(name, port, restore), users, failures::add, surroundings), users, name, port);
        started.add(node);
        return node;
    }

    private InstanceSettings settings(String name, int boltPort, boolean restore) {
        MemoryPool memory = MemoryPool.ofHeap();
        return new InstanceSettings(
                new InstanceName(name),
                directory(name),
                new DatabaseName("skein"),
                5,
                new HostPort("127.0.0.1", boltPort),
                name,
                managed ? Optional.of(new HostPort(name, 9_000)) : Optional.empty(),
                new SyncPolicy.EveryBatch(),
                true,
                retention,
                1 << 20,
                MemoryLimits.standard(memory).withVersionBytesMax(4 << 20),
                new SnapshotPolicy(new SnapshotSchedule.Never(), true),
                snapshotsKept,
                true,
                Duration.ofMillis(200),
                LinkSettings.DEFAULT,
                windowBytes,
                ackTimeout,
                false,
                quorum,
                new ForwardingSettings(forwards, 3, Duration.ofMillis(200), memory),
                restore,
                100,
                QueryLimits.STANDARD,
                BuiltInProcedures.registry(),
                new SessionSettings(
                        () -> transactions,
                        bookmarkTimeout,
                        1 << 26,
                        userMemoryBytesMax,
                        memory,
                        IsolationLevel.SNAPSHOT_ISOLATION,
                        ImportFiles.none()),
                List.of());
    }

    /** Stops what runs. An instance that had to give up fails the test. */
    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        started.forEach(Node::stop);
        network.close();
        deleteAll(directory());
        if (!failures.isEmpty()) {
            throw new AssertionError("an instance gave up", failures.getFirst());
        }
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
