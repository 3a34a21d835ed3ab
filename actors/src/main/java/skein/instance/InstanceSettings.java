package skein.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import skein.config.InstanceKind;
import skein.config.LimitSettings;
import skein.config.ResolvedSettings;
import skein.config.Settings;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.syntax.QueryLimits;
import skein.files.ExtensionLoader;
import skein.files.ImportFiles;
import skein.forwarding.ForwardingSettings;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.link.tcp.LinkSettings;
import skein.query.SessionSettings;
import skein.query.core.TransactionPolicy;
import skein.replication.SnapshotPolicy;
import skein.storage.DatabaseOptions;
import skein.storage.memory.MemoryLimits;
import skein.storage.memory.MemoryPool;
import skein.storage.wal.SyncPolicy;
import skein.storage.wal.core.LogRetention;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;

/**
 * What an instance is started with.
 *
 * @param bolt where clients reach this instance; replicas are told so that they can name their MAIN
 * @param replicationAddress on which a REPLICA listens
 * @param management where coordinators tell it what to be; empty when none do
 * @param sync when a log counts as durable
 * @param databasesMax how many user databases there may be
 * @param isolateLogFailures whether the failure of one database's log concerns that database alone
 * @param retention how much log is kept that recovery does not need
 * @param segmentBytes size of a log segment
 * @param memory limits of each database, and the pool that all share with queries
 * @param snapshots when a database takes them
 * @param snapshotsKept how many of them stay
 * @param keepsTails whether what a log drops from its end is kept in a file
 * @param checkInterval how often a MAIN checks a replica
 * @param link limits of connections between instances
 * @param windowBytes of records on their way to a replica
 * @param syncAckTimeout how long a commit waits for a replica without a timeout of its own
 * @param syncAckApplied whether a replica confirms when readers see a record, not when it is on its disk
 * @param quorum how many QUORUM replicas have to confirm a commit
 * @param queryLimits how large queries may be
 * @param procedures what queries can call, and the functions beside it
 * @param forwarding what becomes of writes that reach the wrong instance
 * @param restoreRole whether role and registrations survive a restart
 * @param shown every setting of the catalogue, as {@code dbms.listConfig()} shows it
 */
public record InstanceSettings(
        InstanceName name,
        Path dataDirectory,
        DatabaseName defaultDatabase,
        int databasesMax,
        HostPort bolt,
        String replicationAddress,
        Optional<HostPort> management,
        SyncPolicy sync,
        boolean isolateLogFailures,
        LogRetention retention,
        int segmentBytes,
        MemoryLimits memory,
        SnapshotPolicy snapshots,
        int snapshotsKept,
        boolean keepsTails,
        Duration checkInterval,
        LinkSettings link,
        long windowBytes,
        Duration syncAckTimeout,
        boolean syncAckApplied,
        int quorum,
        ForwardingSettings forwarding,
        boolean restoreRole,
        int planCacheSize,
        QueryLimits queryLimits,
        ProcedureRegistry procedures,
        SessionSettings sessions,
        List<MapValue> shown) {
    private static final int QUERY_HEAP_SHARE = 4;
    private static final int USER_POOL_SHARE = 2;
    private static final int MEBIBYTE_BITS = 20;

    /** Limits of connections between instances of every kind. */
    static LinkSettings linkOf(ResolvedSettings settings) {
        return LinkSettings.ofMib(
                settings.get(LimitSettings.REPLICATION_FRAME_MIB_MAX),
                settings.get(LimitSettings.REPLICATION_MESSAGE_MIB_MAX),
                settings.get(LimitSettings.REPLICATION_WINDOW_MIB_MAX));
    }

    /** With memory that nobody else shares. */
    public static InstanceSettings of(ResolvedSettings settings, InstanceName name, HostPort bolt) {
        return of(settings, name, bolt, memoryLimits(settings));
    }

    /**
     * @param bolt where Bolt listens, with the real port
     * @param memory as of {@link #memoryLimits}; who starts the instance may share it with others
     */
    public static InstanceSettings of(
            ResolvedSettings settings, InstanceName name, HostPort bolt, MemoryLimits memory) {
        String replicationAddress = settings.get(Settings.REPLICATION_ADDRESS);
        TransactionPolicy transactions = new TransactionPolicy(
                settings.get(Settings.QUERY_TIMEOUT),
                settings.get(Settings.TRANSACTION_TIMEOUT_MAX),
                settings.get(Settings.TRANSACTION_IDLE_TIMEOUT),
                settings.get(Settings.TRANSACTION_IDLE_WRITE_TIMEOUT));
        return new InstanceSettings(
                name,
                settings.get(Settings.DATA_DIRECTORY),
                new DatabaseName(settings.get(Settings.DEFAULT_DATABASE)),
                settings.get(Settings.DATABASES_MAX),
                bolt,
                replicationAddress.isEmpty() ? settings.get(Settings.BOLT_ADDRESS) : replicationAddress,
                InstanceKind.of(settings) instanceof InstanceKind.Managed(HostPort management)
                        ? Optional.of(management)
                        : Optional.empty(),
                syncPolicy(settings),
                settings.get(Settings.LOG_FAILURE).equals("isolate"),
                retention(settings),
                settings.get(Settings.WAL_SEGMENT_KIB) * 1024,
                memory,
                snapshotPolicy(settings),
                settings.get(Settings.SNAPSHOT_RETENTION_COUNT),
                settings.get(Settings.BACKUP_TAILS),
                settings.get(Settings.REPLICATION_CHECK_INTERVAL),
                linkOf(settings),
                (long) settings.get(LimitSettings.REPLICATION_WINDOW_MIB_MAX) << MEBIBYTE_BITS,
                settings.get(Settings.REPLICATION_SYNC_ACK_TIMEOUT),
                settings.get(Settings.REPLICATION_SYNC_ACK).equals("applied"),
                settings.get(Settings.REPLICATION_QUORUM),
                new ForwardingSettings(
                        settings.get(Settings.REPLICATION_FORWARD_WRITES),
                        settings.get(LimitSettings.FORWARDED_TRANSACTIONS_MAX),
                        settings.get(Settings.REPLICATION_CHECK_INTERVAL),
                        memory.memory()),
                settings.get(Settings.REPLICATION_RESTORE_STATE),
                settings.get(Settings.PLAN_CACHE_SIZE),
                new QueryLimits(
                        settings.get(LimitSettings.QUERY_LENGTH_MAX),
                        settings.get(LimitSettings.QUERY_NESTING_MAX),
                        settings.get(LimitSettings.QUERY_NODES_MAX)),
                ExtensionLoader.load(settings.get(Settings.EXTENSIONS_DIRECTORY)),
                new SessionSettings(
                        () -> transactions,
                        settings.get(Settings.BOOKMARK_TIMEOUT),
                        queryMemoryBytesMax(settings),
                        userMemoryBytesMax(settings, memory.memory()),
                        memory.memory(),
                        settings.get(Settings.ISOLATION_LEVEL),
                        settings.get(Settings.IMPORT_DIRECTORY)
                                .map(ImportFiles::in)
                                .orElseGet(ImportFiles::none)),
                settings.all().stream().map(InstanceSettings::shown).toList());
    }

    private static MapValue shown(ResolvedSettings.Chosen chosen) {
        return new MapValue(Map.of(
                "name", Value.of(chosen.setting().flag()),
                "description", Value.of(chosen.setting().description()),
                "value", Value.of(chosen.text()),
                "dynamic", Value.FALSE));
    }

    /** What the settings allow graphs, transactions, queries and requests. */
    public static MemoryLimits memoryLimits(ResolvedSettings settings) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        long wantedBytes = (long) settings.get(Settings.MEMORY_LIMIT) << MEBIBYTE_BITS;
        MemoryLimits standard = MemoryLimits.standard(MemoryPool.ofHeap(heapBytes, wantedBytes));
        int versionsMib = settings.get(Settings.VERSIONS_MIB_MAX);
        return versionsMib == 0 ? standard : standard.withVersionBytesMax((long) versionsMib << MEBIBYTE_BITS);
    }

    private static long queryMemoryBytesMax(ResolvedSettings settings) {
        int mib = settings.get(LimitSettings.QUERY_MEMORY_MIB_MAX);
        return mib == 0 ? Runtime.getRuntime().maxMemory() / QUERY_HEAP_SHARE : (long) mib << MEBIBYTE_BITS;
    }

    private static long userMemoryBytesMax(ResolvedSettings settings, MemoryPool pool) {
        int mib = settings.get(LimitSettings.USER_MEMORY_MIB_MAX);
        return mib == 0 ? pool.limitBytes() / USER_POOL_SHARE : (long) mib << MEBIBYTE_BITS;
    }

    private static SnapshotPolicy snapshotPolicy(ResolvedSettings settings) {
        return new SnapshotPolicy(
                settings.get(Settings.SNAPSHOT_INTERVAL_SEC).orElseGet(() -> settings.get(Settings.SNAPSHOT_INTERVAL)),
                settings.get(Settings.SNAPSHOT_ON_EXIT));
    }

    /** Memgraph's flag alone says a policy too. */
    public static SyncPolicy syncPolicy(ResolvedSettings settings) {
        String named = settings.get(Settings.WAL_SYNC);
        int everyN = settings.get(Settings.WAL_FLUSH_EVERY_N_TX);
        return switch (named) {
            case "off" -> new SyncPolicy.Off();
            case "interval" -> new SyncPolicy.Interval(settings.get(Settings.WAL_SYNC_INTERVAL));
            default ->
                switch (everyN) {
                    case 0 -> new SyncPolicy.Off();
                    case 1 -> new SyncPolicy.EveryBatch();
                    default -> new SyncPolicy.EveryTransactions(everyN);
                };
        };
    }

    private static LogRetention retention(ResolvedSettings settings) {
        long kept = (long) settings.get(Settings.WAL_RETENTION_MIB) << 20;
        long forReplicas = (long) settings.get(Settings.WAL_RETENTION_REPLICA_MIB) << 20;
        long nanos = settings.get(Settings.WAL_RETENTION_REPLICA_AGE).toNanos();
        return new LogRetention(kept, Math.max(kept, forReplicas), nanos == 0 ? Long.MAX_VALUE : nanos);
    }

    /** Options of one database. */
    public DatabaseOptions databaseOptions(UUID idForCreation) {
        DatabaseOptions standard = DatabaseOptions.standard(idForCreation);
        return new DatabaseOptions(
                standard.log().withSync(sync).withSegmentBytes(segmentBytes).withKeepsTails(keepsTails),
                memory,
                standard.snapshots().withKept(snapshotsKept).withRetention(retention));
    }
}
