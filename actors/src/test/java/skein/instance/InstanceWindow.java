package skein.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.config.SnapshotSchedule;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.syntax.QueryLimits;
import skein.files.ImportFiles;
import skein.forwarding.ForwardingSettings;
import skein.link.tcp.LinkSettings;
import skein.query.SessionSettings;
import skein.query.core.TransactionPolicy;
import skein.replication.ServedDatabase;
import skein.replication.SnapshotPolicy;
import skein.session.IsolationLevel;
import skein.storage.memory.MemoryLimits;
import skein.storage.memory.MemoryPool;
import skein.storage.wal.SyncPolicy;
import skein.storage.wal.core.LogRetention;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/** What tests in other packages need of instances. */
public final class InstanceWindow {
    private static final int QUERY_BYTES = 1 << 24;
    private static final int USER_BYTES = 1 << 26;
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int SNAPSHOTS_KEPT = 2;

    private InstanceWindow() {}

    /** What a small instance is like. */
    public record Traits(
            int segmentBytes, long logBytesKept, Duration check, Duration ackTimeout, boolean applied, int quorum) {}

    /** The default database; null while it is not served. */
    public static @Nullable ServedDatabase database(Instance instance) {
        return instance.database(new DatabaseName("skein"));
    }

    /** A small instance that listens on the host of its name. */
    public static InstanceSettings settings(String name, Path directory, Traits traits) {
        MemoryPool memory = MemoryPool.ofHeap();
        TransactionPolicy unlimited = new TransactionPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return new InstanceSettings(
                new InstanceName(name),
                directory,
                new DatabaseName("skein"),
                5,
                new HostPort(name, 7687),
                name,
                Optional.empty(),
                new SyncPolicy.EveryBatch(),
                false,
                new LogRetention(traits.logBytesKept(), traits.logBytesKept()),
                traits.segmentBytes(),
                MemoryLimits.standard(memory),
                new SnapshotPolicy(new SnapshotSchedule.Never(), false),
                SNAPSHOTS_KEPT,
                true,
                traits.check(),
                LinkSettings.DEFAULT,
                WINDOW_BYTES,
                traits.ackTimeout(),
                traits.applied(),
                traits.quorum(),
                new ForwardingSettings(false, 1, traits.check(), memory),
                true,
                100,
                QueryLimits.STANDARD,
                BuiltInProcedures.registry(),
                new SessionSettings(
                        () -> unlimited,
                        Duration.ofSeconds(5),
                        QUERY_BYTES,
                        USER_BYTES,
                        memory,
                        IsolationLevel.SNAPSHOT_ISOLATION,
                        ImportFiles.none()),
                List.of());
    }
}
