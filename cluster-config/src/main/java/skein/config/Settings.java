package skein.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import skein.session.IsolationLevel;

/**
 * The catalogue of everything that can be set on an instance, limits on clients ({@link LimitSettings}) and what makes
 * it part of a cluster with coordinators ({@link ClusterSettings}) among them. Order is the order of {@code SHOW
 * CONFIG}.
 */
public final class Settings {
    private static final int PORT_MAX = 65_535;
    private static final String PORTS = "0 to 65535 (0 takes any free port)";
    private static final String BOOLEANS = "true or false";

    public static final Setting<String> INSTANCE_NAME = new Setting<>(
            "instance-name",
            "skein.instance.name",
            "",
            "a name, or nothing for one made from host and Bolt port",
            Parsers::optionalName,
            "Name of this instance in tables, messages and log lines.");
    public static final Setting<String> BOLT_ADDRESS = new Setting<>(
            "bolt-address",
            "skein.bolt.address",
            "127.0.0.1",
            "an IPv4 address or a host name",
            Parsers::host,
            "Address on which Bolt clients are served.");
    public static final Setting<Integer> BOLT_PORT = new Setting<>(
            "bolt-port",
            "skein.bolt.port",
            "7687",
            PORTS,
            Parsers.integer(0, PORT_MAX),
            "Port on which Bolt clients are served.");
    public static final Setting<String> BOLT_SERVER_NAME = new Setting<>(
            "bolt-server-name-for-init",
            "skein.bolt.server-name",
            "Neo4j/5.26.0 compatible graph database server - Skein",
            "text that begins with Neo4j/ if drivers are to accept it",
            text -> text,
            "What Bolt tells clients about the server; several drivers insist on the prefix Neo4j/.");
    public static final Setting<Integer> BOLT_CONNECTIONS_MAX = new Setting<>(
            "bolt-connections-max",
            "skein.bolt.connections-max",
            "10000",
            "1 to 1000000",
            Parsers.integer(1, 1_000_000),
            "Connections served at once; one more is closed at once.");
    public static final Setting<Integer> BOLT_MESSAGE_MIB_MAX = new Setting<>(
            "bolt-message-mib-max",
            "skein.bolt.message-mib-max",
            "64",
            "1 to 1024",
            Parsers.integer(1, 1024),
            "Largest Bolt message accepted from an authenticated client, in MiB.");
    public static final Setting<Duration> BOLT_LOGIN_TIMEOUT = new Setting<>(
            "bolt-login-timeout-sec",
            "skein.bolt.login-timeout",
            "10",
            "0.1 to 600",
            Parsers.seconds(0.1, 600),
            "Time from connect to the end of login, in seconds.");
    public static final Setting<Duration> BOLT_KEEP_ALIVE = new Setting<>(
            "bolt-keep-alive-sec",
            "skein.bolt.keep-alive",
            "120",
            "3 to 86400, a whole number",
            Parsers.wholeSeconds(3, 86_400),
            "Silence after which a client that waits for an answer may give the server up, in seconds; at a third of it"
                    + " the server shows that it is alive.");
    public static final Setting<String> BOLT_CERT_FILE = new Setting<>(
            "bolt-cert-file",
            "skein.bolt.tls.cert-file",
            "",
            "a PEM file, or nothing for no encryption",
            text -> text,
            "Certificate with which Bolt is encrypted, followed by those above it; read again when it changes.");
    public static final Setting<String> BOLT_KEY_FILE = new Setting<>(
            "bolt-key-file",
            "skein.bolt.tls.key-file",
            "",
            "a PEM file (PKCS#8, without a password), or nothing for no encryption",
            text -> text,
            "Private key of the certificate.");
    public static final Setting<String> BOLT_TLS = new Setting<>(
            "bolt-tls",
            "skein.bolt.tls.mode",
            "",
            "off, optional or required, or nothing for optional where there is a certificate",
            Parsers.oneOf(List.of("", "off", "optional", "required")),
            "Whether clients of Bolt may or must encrypt.");
    public static final Setting<List<String>> BOLT_WEBSOCKET_ORIGINS = new Setting<>(
            "bolt-websocket-origins",
            "skein.bolt.websocket-origins",
            "",
            "origins such as https://example.com, separated by commas; * for all; nothing for this machine only",
            Parsers::list,
            "Web pages whose browsers may connect; pages from this machine always may.");
    public static final Setting<String> REPLICATION_ADDRESS = new Setting<>(
            "replication-address",
            "skein.replication.address",
            "",
            "an IPv4 address or a host name, or nothing for Bolt's",
            Parsers::optionalHost,
            "Address on which a REPLICA listens for its MAIN.");
    public static final Setting<Boolean> REPLICATION_RESTORE_STATE = new Setting<>(
            "replication-restore-state-on-startup",
            "skein.replication.restore-state",
            "true",
            BOOLEANS,
            Parsers::bool,
            "Whether role and registered replicas survive a restart.");
    public static final Setting<Duration> REPLICATION_CHECK_INTERVAL = new Setting<>(
            "replication-replica-check-frequency-sec",
            "skein.replication.check-interval",
            "1",
            "0.1 to 3600",
            Parsers.seconds(0.1, 3600),
            "How often a MAIN checks each replica, in seconds.");
    public static final Setting<Duration> REPLICATION_SYNC_ACK_TIMEOUT = new Setting<>(
            "replication-sync-ack-timeout-sec",
            "skein.replication.sync-ack-timeout",
            "10",
            "0.01 to 3600",
            Parsers.seconds(0.01, 3600),
            "How long a commit waits for a replica registered without a timeout, in seconds.");
    public static final Setting<Integer> REPLICATION_QUORUM = new Setting<>(
            "replication-quorum",
            "skein.replication.quorum",
            "1",
            "1 to 100",
            Parsers.integer(1, 100),
            "How many of the QUORUM replicas have to confirm a commit; the same on every instance.");
    public static final Setting<Boolean> REPLICATION_FORWARD_WRITES = new Setting<>(
            "replication-forward-writes",
            "skein.replication.forward-writes",
            "false",
            BOOLEANS,
            Parsers::bool,
            "Whether a REPLICA passes on to its MAIN the writes, and a coordinator to the MAIN all transactions, of"
                    + " clients that do not route by themselves, and a MAIN carries them out; both have to want it.");
    public static final Setting<String> REPLICATION_SYNC_ACK = new Setting<>(
            "replication-sync-ack",
            "skein.replication.sync-ack",
            "durable",
            "durable or applied",
            Parsers.oneOf(List.of("durable", "applied")),
            "What a replica confirms that is waited for: that it has the record on disk, or that it shows it to readers too.");
    public static final Setting<String> CLUSTER_CERT_FILE = new Setting<>(
            "cluster-cert-file",
            "skein.cluster.tls.cert-file",
            "",
            "a PEM file, or nothing for no encryption",
            text -> text,
            "Certificate that this instance shows other instances, followed by those between it and the CA; read again"
                    + " when it changes.");
    public static final Setting<String> CLUSTER_KEY_FILE = new Setting<>(
            "cluster-key-file",
            "skein.cluster.tls.key-file",
            "",
            "a PEM file (PKCS#8, without a password), or nothing for no encryption",
            text -> text,
            "Private key of the certificate between instances.");
    public static final Setting<String> CLUSTER_CA_FILE = new Setting<>(
            "cluster-ca-file",
            "skein.cluster.tls.ca-file",
            "",
            "a PEM file, or nothing for no encryption",
            text -> text,
            "The cluster's own CA: other instances are believed if it has signed their certificates.");
    public static final Setting<Boolean> INSECURE_CLUSTER = new Setting<>(
            "insecure-cluster",
            "skein.cluster.insecure",
            "false",
            BOOLEANS,
            Parsers::bool,
            "Allows replication off loopback without encryption, so that whoever reaches the network can read and change it.");
    public static final Setting<String> FIRST_USER = new Setting<>(
            "user",
            "skein.auth.user",
            "",
            "a user name, or nothing",
            text -> text,
            "Name of the user that is created at the first start; needs a password.");
    public static final Setting<String> FIRST_PASSWORD = new Setting<>(
            "password",
            "skein.auth.password",
            "",
            "a password, or nothing",
            text -> text,
            "Password of the user that is created at the first start; not taken from the command line.",
            true);
    public static final Setting<Boolean> INSECURE_NO_AUTH = new Setting<>(
            "insecure-no-auth",
            "skein.auth.insecure-none",
            "false",
            BOOLEANS,
            Parsers::bool,
            "Whether clients of other machines may come in without a login while there are no users.");
    public static final Setting<String> DEFAULT_DATABASE = new Setting<>(
            "default-database",
            "skein.databases.default",
            "skein",
            "a name",
            Parsers::name,
            "Database used by clients that name none; memgraph and neo4j are accepted as aliases.");
    public static final Setting<Integer> DATABASES_MAX = new Setting<>(
            "databases-max",
            "skein.databases.max",
            "100",
            "1 to 10000",
            Parsers.integer(1, 10_000),
            "How many databases there may be besides the system database; each takes a thread and an open log.");
    public static final Setting<Path> DATA_DIRECTORY = new Setting<>(
            "data-directory",
            "skein.storage.directory",
            "./data",
            "a directory",
            Parsers::path,
            "Where databases and roles are kept; made if missing, used by one process at a time.");
    public static final Setting<Optional<Path>> IMPORT_DIRECTORY = new Setting<>(
            "import-directory",
            "skein.query.import-directory",
            "",
            "a directory, or nothing",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Parsers.path(text)),
            "Where LOAD CSV may read files, there and below; no file at all may be read unless this is set.");
    public static final Setting<Optional<Path>> EXTENSIONS_DIRECTORY = new Setting<>(
            "extensions-directory",
            "skein.query.extensions-directory",
            "",
            "a directory, or nothing",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Parsers.path(text)),
            "Where jars with procedures and functions in Java are; they are code of this instance.");
    public static final Setting<IsolationLevel> ISOLATION_LEVEL = new Setting<>(
            "isolation-level",
            "skein.storage.isolation",
            "SNAPSHOT_ISOLATION",
            "SNAPSHOT_ISOLATION, READ_COMMITTED or READ_UNCOMMITTED",
            Parsers.constant(IsolationLevel.class),
            "Isolation of transactions whose session sets none; READ_UNCOMMITTED is served as READ_COMMITTED.");
    public static final Setting<Integer> MEMORY_LIMIT = new Setting<>(
            "memory-limit",
            "skein.memory.limit-mib",
            "0",
            "0 to 1000000000 (0: what the heap allows)",
            Parsers.integer(0, 1_000_000_000),
            "MiB that graphs, transactions and queries may take together; growth beyond it is refused. A limit above"
                    + " what the heap allows is lowered to that.");
    public static final Setting<Integer> VERSIONS_MIB_MAX = new Setting<>(
            "storage-versions-mib-max",
            "skein.storage.versions-mib-max",
            "0",
            "0 to 1000000000 (0: an eighth of the heap)",
            Parsers.integer(0, 1_000_000_000),
            "MiB of old versions that long transactions may keep alive in one database; beyond it the oldest are ended.");
    public static final Setting<String> WAL_SYNC = new Setting<>(
            "storage-wal-sync",
            "skein.storage.wal.sync",
            "every-batch",
            "every-batch, interval, every-n-tx or off",
            Parsers.oneOf(List.of("every-batch", "interval", "every-n-tx", "off")),
            "When the log is forced to disk; anything but every-batch can lose acknowledged commits with power.");
    public static final Setting<Duration> WAL_SYNC_INTERVAL = new Setting<>(
            "storage-wal-sync-interval-ms",
            "skein.storage.wal.sync-interval-ms",
            "100",
            "1 to 3600000",
            Parsers.millis(1, 3_600_000),
            "With storage-wal-sync interval: the longest time until a commit is on disk, in milliseconds.");
    public static final Setting<Integer> WAL_FLUSH_EVERY_N_TX = new Setting<>(
            "storage-wal-file-flush-every-n-tx",
            "skein.storage.wal.flush-every-n-tx",
            "1",
            "0 to 1000000000 (1: every commit, batched; 0: never)",
            Parsers.integer(0, 1_000_000_000),
            "After how many transactions the log is flushed; anything but 1 means storage-wal-sync every-n-tx or off.");
    public static final Setting<Boolean> BACKUP_TAILS = new Setting<>(
            "storage-enable-backup-dir",
            "skein.storage.wal.keep-tails",
            "true",
            BOOLEANS,
            Parsers::bool,
            "Whether records that a log drops from its end, torn ones or those its MAIN does not have, are kept beside it in"
                    + " files named *.tail.");
    public static final Setting<Integer> WAL_RETENTION_MIB = new Setting<>(
            "storage-wal-retention-mib",
            "skein.storage.wal.retention-mib",
            "10240",
            "0 to 1073741824",
            Parsers.integer(0, 1 << 30),
            "Log kept although snapshots cover it, so that new replicas can start from its beginning, in MiB.");
    public static final Setting<Integer> WAL_RETENTION_REPLICA_MIB = new Setting<>(
            "storage-wal-retention-replica-mib",
            "skein.storage.wal.retention-replica-mib",
            "10240",
            "0 to 1073741824",
            Parsers.integer(0, 1 << 30),
            "Log kept at most for the slowest registered replica, in MiB; never less than storage-wal-retention-mib.");
    public static final Setting<Duration> WAL_RETENTION_REPLICA_AGE = new Setting<>(
            "storage-wal-retention-replica-hours",
            "skein.storage.wal.retention-replica-hours",
            "24",
            "0 to 87600 (0: as long as there is room)",
            Parsers.hours(0, 87_600),
            "Log kept at most so long for the slowest registered replica, in hours from when its file was full or this"
                    + " instance started; a replica away for longer gets a snapshot.");
    public static final Setting<String> LOG_FAILURE = new Setting<>(
            "storage-log-failure",
            "skein.storage.wal.failure",
            "stop",
            "stop or isolate",
            Parsers.oneOf(List.of("stop", "isolate")),
            "What follows when a database's log fails while it runs: the instance stops, so that another can take over,"
                    + " or that database alone refuses everything and the others serve on.");
    public static final Setting<Integer> WAL_SEGMENT_KIB = new Setting<>(
            "storage-wal-file-size-kib",
            "skein.storage.wal.segment-kib",
            "65536",
            "64 to 1048576",
            Parsers.integer(64, 1_048_576),
            "Size of one log segment in KiB; a larger record gets a segment of its own.");
    public static final Setting<SnapshotSchedule> SNAPSHOT_INTERVAL = new Setting<>(
            "storage-snapshot-interval",
            "skein.storage.snapshot.interval",
            "300",
            "seconds (0: never), or a cron expression of six fields such as \"0 0 3 * * *\"",
            SnapshotSchedule::parse,
            "When a snapshot is taken, if anything changed: every so many seconds, or at the times a cron expression names.");
    public static final Setting<Optional<SnapshotSchedule>> SNAPSHOT_INTERVAL_SEC = new Setting<>(
            "storage-snapshot-interval-sec",
            "skein.storage.snapshot.interval-sec",
            "",
            "seconds (0: never), or nothing",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(SnapshotSchedule.parse(text)),
            "The older name of --storage-snapshot-interval; when set, it holds.");
    public static final Setting<Integer> SNAPSHOT_RETENTION_COUNT = new Setting<>(
            "storage-snapshot-retention-count",
            "skein.storage.snapshot.retention-count",
            "3",
            "1 to 1000000",
            Parsers.integer(1, 1_000_000),
            "How many snapshots of a database are kept.");
    public static final Setting<Boolean> SNAPSHOT_ON_EXIT = new Setting<>(
            "storage-snapshot-on-exit",
            "skein.storage.snapshot.on-exit",
            "true",
            BOOLEANS,
            Parsers::bool,
            "Whether a snapshot is taken when the instance stops, if anything changed.");
    public static final Setting<Duration> QUERY_TIMEOUT = new Setting<>(
            "query-execution-timeout-sec",
            "skein.query.timeout",
            "600",
            "0 to 86400 (0: none)",
            Parsers.seconds(0, 86_400),
            "How long a transaction may take, a query on its own included, when its client gives it no timeout, in"
                    + " seconds.");
    public static final Setting<Duration> TRANSACTION_TIMEOUT_MAX = new Setting<>(
            "transaction-timeout-max-sec",
            "skein.transaction.timeout-max",
            "0",
            "0 to 86400 (0: whatever they ask for)",
            Parsers.seconds(0, 86_400),
            "Longest timeout that clients can give their transactions, in seconds; longer ones, and none, are lowered to"
                    + " it.");
    public static final Setting<Duration> TRANSACTION_IDLE_TIMEOUT = new Setting<>(
            "transaction-idle-timeout-sec",
            "skein.transaction.idle-timeout",
            "600",
            "0 to 86400 (0: none)",
            Parsers.seconds(0, 86_400),
            "How long an open transaction or result that has changed nothing may wait for its client, in seconds.");
    public static final Setting<Duration> TRANSACTION_IDLE_WRITE_TIMEOUT = new Setting<>(
            "transaction-idle-write-timeout-sec",
            "skein.transaction.idle-write-timeout",
            "60",
            "0 to 86400 (0: none)",
            Parsers.seconds(0, 86_400),
            "How long an open transaction that has changed something may wait for its client, in seconds.");
    public static final Setting<Duration> BOOKMARK_TIMEOUT = new Setting<>(
            "bookmark-timeout-sec",
            "skein.transaction.bookmark-timeout",
            "30",
            "0 to 3600 (0: not at all)",
            Parsers.seconds(0, 3600),
            "How long a transaction waits for the state that its bookmarks name, in seconds.");
    public static final Setting<Integer> PLAN_CACHE_SIZE = new Setting<>(
            "query-plan-cache-max-size",
            "skein.query.plan-cache",
            "1000",
            "1 to 1000000",
            Parsers.integer(1, 1_000_000),
            "Plans kept, by query text.");
    public static final Setting<String> LOG_LEVEL = new Setting<>(
            "log-level",
            "skein.log.level",
            "INFO",
            "TRACE, DEBUG, INFO, WARNING, ERROR or CRITICAL",
            Parsers.oneOf(List.of("TRACE", "DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL")),
            "Least severity that is logged; the log goes to standard error.");

    private static final List<Setting<?>> OWN = List.of(
            INSTANCE_NAME,
            BOLT_ADDRESS,
            BOLT_PORT,
            BOLT_SERVER_NAME,
            BOLT_CONNECTIONS_MAX,
            BOLT_MESSAGE_MIB_MAX,
            BOLT_LOGIN_TIMEOUT,
            BOLT_KEEP_ALIVE,
            BOLT_CERT_FILE,
            BOLT_KEY_FILE,
            BOLT_TLS,
            BOLT_WEBSOCKET_ORIGINS,
            REPLICATION_ADDRESS,
            REPLICATION_RESTORE_STATE,
            REPLICATION_CHECK_INTERVAL,
            REPLICATION_SYNC_ACK_TIMEOUT,
            REPLICATION_SYNC_ACK,
            REPLICATION_QUORUM,
            REPLICATION_FORWARD_WRITES,
            CLUSTER_CERT_FILE,
            CLUSTER_KEY_FILE,
            CLUSTER_CA_FILE,
            INSECURE_CLUSTER,
            FIRST_USER,
            FIRST_PASSWORD,
            INSECURE_NO_AUTH,
            DEFAULT_DATABASE,
            DATABASES_MAX,
            DATA_DIRECTORY,
            IMPORT_DIRECTORY,
            EXTENSIONS_DIRECTORY,
            ISOLATION_LEVEL,
            MEMORY_LIMIT,
            VERSIONS_MIB_MAX,
            WAL_SYNC,
            WAL_SYNC_INTERVAL,
            WAL_FLUSH_EVERY_N_TX,
            LOG_FAILURE,
            BACKUP_TAILS,
            WAL_RETENTION_MIB,
            WAL_RETENTION_REPLICA_MIB,
            WAL_RETENTION_REPLICA_AGE,
            WAL_SEGMENT_KIB,
            SNAPSHOT_INTERVAL,
            SNAPSHOT_INTERVAL_SEC,
            SNAPSHOT_RETENTION_COUNT,
            SNAPSHOT_ON_EXIT,
            QUERY_TIMEOUT,
            TRANSACTION_TIMEOUT_MAX,
            TRANSACTION_IDLE_TIMEOUT,
            TRANSACTION_IDLE_WRITE_TIMEOUT,
            BOOKMARK_TIMEOUT,
            PLAN_CACHE_SIZE,
            LOG_LEVEL);

    private static final List<Setting<?>> ALL = Stream.of(OWN, ClusterSettings.ALL, LimitSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private Settings() {}

    public static List<Setting<?>> all() {
        return ALL;
    }

    static Optional<Setting<?>> byFlag(String flag) {
        return ALL.stream().filter(setting -> setting.flag().equals(flag)).findFirst();
    }

    static Optional<Setting<?>> byKey(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }
}
