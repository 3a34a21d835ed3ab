package skein.config;

import java.time.Duration;
import java.util.List;

/**
 * The part of the catalogue that bounds what clients and other instances may take. Exceeding a limit answers an error
 * or ends that connection, never more. The defaults are those of the design's table of limits; docs/limits.md shows
 * them all.
 */
public final class LimitSettings {
    public static final Setting<Integer> BOLT_CONNECTIONS_PER_ADDRESS_MAX = new Setting<>(
            "bolt-connections-per-address-max",
            "skein.bolt.connections-per-address-max",
            "1000",
            "1 to 1000000",
            Parsers.integer(1, 1_000_000),
            "Connections from one address served at once; one more is closed at once.");
    public static final Setting<Integer> BOLT_STRANGERS_PER_ADDRESS_MAX = new Setting<>(
            "bolt-strangers-per-address-max",
            "skein.bolt.strangers-per-address-max",
            "500",
            "1 to 1000000",
            Parsers.integer(1, 1_000_000),
            "Connections from one address that are not logged in; one more is closed at once.");
    public static final Setting<Integer> BOLT_CONNECTIONS_RESERVED = new Setting<>(
            "bolt-connections-reserved",
            "skein.bolt.connections-reserved",
            "8",
            "0 to 1000",
            Parsers.integer(0, 1000),
            "Of all connections, how many only clients on this machine may take, so that its"
                    + " administrators always get in.");
    public static final Setting<Duration> BOLT_HANDSHAKE_TIMEOUT = new Setting<>(
            "bolt-handshake-timeout-sec",
            "skein.bolt.handshake-timeout",
            "5",
            "0.1 to 600",
            Parsers.seconds(0.1, 600),
            "Time from connect until encryption, if any, and the version of Bolt are agreed, in seconds;"
                    + " then the connection is closed.");
    public static final Setting<Duration> BOLT_MESSAGE_TIMEOUT = new Setting<>(
            "bolt-message-timeout-sec",
            "skein.bolt.message-timeout",
            "30",
            "0.1 to 3600",
            Parsers.seconds(0.1, 3600),
            "Time from the first byte of a message to its last, in seconds; then the connection is closed.");
    public static final Setting<Integer> BOLT_MESSAGE_RATE_MIN = new Setting<>(
            "bolt-message-rate-min",
            "skein.bolt.message-rate-min",
            "1024",
            "0 to 1000000000",
            Parsers.integer(0, 1_000_000_000),
            "Bytes per second that a message must arrive with, on average, once"
                    + " --bolt-message-rate-after-sec are over; else the connection is closed.");
    public static final Setting<Duration> BOLT_MESSAGE_RATE_AFTER = new Setting<>(
            "bolt-message-rate-after-sec",
            "skein.bolt.message-rate-after",
            "10",
            "0.1 to 3600",
            Parsers.seconds(0.1, 3600),
            "How long a message may take before its rate counts, in seconds.");
    public static final Setting<Duration> BOLT_WRITE_TIMEOUT = new Setting<>(
            "bolt-write-timeout-sec",
            "skein.bolt.write-timeout",
            "600",
            "0.1 to 86400",
            Parsers.seconds(0.1, 86_400),
            "How long a client may take none of the bytes that wait for it, in seconds; then the"
                    + " connection is closed.");
    public static final Setting<Integer> BOLT_STRANGER_MESSAGE_KIB_MAX = new Setting<>(
            "bolt-stranger-message-kib-max",
            "skein.bolt.stranger-message-kib-max",
            "8",
            "1 to 1024",
            Parsers.integer(1, 1024),
            "Largest message accepted before login, in KiB; a larger one is answered with an error and"
                    + " the end of the connection.");
    public static final Setting<Integer> BOLT_STRANGER_BUFFER_KIB_MAX = new Setting<>(
            "bolt-stranger-buffer-kib-max",
            "skein.bolt.stranger-buffer-kib-max",
            "16",
            "1 to 1024",
            Parsers.integer(1, 1024),
            "What is kept for a connection before its login is done, in KiB; beyond it the connection is" + " closed.");
    public static final Setting<Integer> BOLT_NESTING_MAX = new Setting<>(
            "bolt-nesting-max",
            "skein.bolt.nesting-max",
            "100",
            "4 to 200",
            Parsers.integer(4, 200),
            "How deep lists and maps of a message may be nested; deeper ones are answered with an error.");
    public static final Setting<Integer> BOLT_REQUEST_MEMORY_MIB_MAX = new Setting<>(
            "bolt-request-memory-mib-max",
            "skein.bolt.request-memory-mib-max",
            "0",
            "0 to 1000000000 (0: a quarter of the heap)",
            Parsers.integer(0, 1_000_000_000),
            "MiB that requests of all connections may take together, received and decoded, one"
                    + " connection three quarters of it; beyond it they are answered with a transient error.");
    public static final Setting<Integer> BOLT_AHEAD_MIB_MAX = new Setting<>(
            "bolt-ahead-mib-max",
            "skein.bolt.ahead-mib-max",
            "16",
            "1 to 1024",
            Parsers.integer(1, 1024),
            "MiB of requests, decoded, that a client may send ahead of the one being answered; beyond it"
                    + " nothing is read.");
    public static final Setting<Integer> BOLT_AHEAD_REQUESTS_MAX = new Setting<>(
            "bolt-ahead-requests-max",
            "skein.bolt.ahead-requests-max",
            "10000",
            "1 to 1000000",
            Parsers.integer(1, 1_000_000),
            "Requests that a client may send ahead of the one being answered; beyond it nothing is read.");
    public static final Setting<Integer> BOLT_RESULT_BUFFER_KIB_MAX = new Setting<>(
            "bolt-result-buffer-kib-max",
            "skein.bolt.result-buffer-kib-max",
            "1024",
            "16 to 1048576",
            Parsers.integer(16, 1_048_576),
            "KiB of rows on their way to one client that does not take them; beyond it its query waits.");
    public static final Setting<Integer> BOLT_RESULT_BUFFERS_MIB_MAX = new Setting<>(
            "bolt-result-buffers-mib-max",
            "skein.bolt.result-buffers-mib-max",
            "0",
            "0 to 1000000 (0: an eighth of the heap)",
            Parsers.integer(0, 1_000_000),
            "MiB of rows on their way to all clients together; beyond it each has 16 KiB at a time.");
    public static final Setting<Integer> BOLT_OPEN_RESULTS_MAX = new Setting<>(
            "bolt-open-results-max",
            "skein.bolt.open-results-max",
            "1000",
            "1 to 1000000",
            Parsers.integer(1, 1_000_000),
            "Results open at once in one transaction; one more is answered with an error.");
    public static final Setting<Integer> QUERY_LENGTH_MAX = new Setting<>(
            "query-length-max",
            "skein.query.length-max",
            "1048576",
            "100 to 16777216",
            Parsers.integer(100, 1 << 24),
            "Characters of a query's text; a longer one is answered with an error.");
    public static final Setting<Integer> QUERY_NESTING_MAX = new Setting<>(
            "query-nesting-max",
            "skein.query.nesting-max",
            "200",
            "10 to 200",
            Parsers.integer(10, 200),
            "How deep brackets of a query may be nested; a deeper query is answered with an error.");
    public static final Setting<Integer> QUERY_NODES_MAX = new Setting<>(
            "query-nodes-max",
            "skein.query.nodes-max",
            "100000",
            "100 to 10000000",
            Parsers.integer(100, 10_000_000),
            "Clauses, patterns and expressions in one query; a query with more is answered with an error.");
    public static final Setting<Integer> QUERY_MEMORY_MIB_MAX = new Setting<>(
            "query-memory-mib-max",
            "skein.query.memory-mib-max",
            "0",
            "0 to 1000000000 (0: a quarter of the heap)",
            Parsers.integer(0, 1_000_000_000),
            "MiB that one query may hold in sorts, groups and lists; one that needs more is answered with an error.");
    public static final Setting<Integer> USER_MEMORY_MIB_MAX = new Setting<>(
            "user-memory-mib-max",
            "skein.query.user-memory-mib-max",
            "0",
            "0 to 1000000000 (0: half of --memory-limit)",
            Parsers.integer(0, 1_000_000_000),
            "MiB that queries and changes of one user may hold together, on all connections; what needs more is answered"
                    + " with a transient error. Without users all clients are one.");
    public static final Setting<Integer> REPLICATION_FRAME_MIB_MAX = new Setting<>(
            "replication-frame-mib-max",
            "skein.replication.frame-mib-max",
            "16",
            "1 to 64",
            Parsers.integer(1, 64),
            "Largest frame taken from another instance, in MiB; a larger one ends the connection. Messages travel in frames"
                    + " of 1 MiB.");
    public static final Setting<Integer> REPLICATION_MESSAGE_MIB_MAX = new Setting<>(
            "replication-message-mib-max",
            "skein.replication.message-mib-max",
            "257",
            "257 to 1024",
            Parsers.integer(257, 1024),
            "Largest message taken from another instance, in MiB; a larger one ends the connection. The largest record of a"
                    + " log fits into the least.");
    public static final Setting<Integer> REPLICATION_WINDOW_MIB_MAX = new Setting<>(
            "replication-window-mib-max",
            "skein.replication.window-mib-max",
            "16",
            "1 to 512",
            Parsers.integer(1, 512),
            "MiB of records on their way to one replica, per database, that it has not confirmed; beyond it the MAIN sends"
                    + " it no more until it confirms.");
    public static final Setting<Integer> FORWARDED_TRANSACTIONS_MAX = new Setting<>(
            "replication-forwarded-transactions-max",
            "skein.replication.forwarded-transactions-max",
            "64",
            "1 to 10000",
            Parsers.integer(1, 10_000),
            "Transactions that one replica may have its MAIN carry out at once, with --replication-forward-writes; one"
                    + " more waits, for 5 seconds at most.");
    public static final Setting<Integer> LOG_LINES_PER_CAUSE_MAX = new Setting<>(
            "log-lines-per-cause-max",
            "skein.log.lines-per-cause-max",
            "10",
            "0 to 1000000 (0: no limit)",
            Parsers.integer(0, 1_000_000),
            "Log lines of one cause in one second; more are only counted, and their number is logged.");

    static final List<Setting<?>> ALL = List.of(
            BOLT_CONNECTIONS_PER_ADDRESS_MAX,
            BOLT_STRANGERS_PER_ADDRESS_MAX,
            BOLT_CONNECTIONS_RESERVED,
            BOLT_HANDSHAKE_TIMEOUT,
            BOLT_MESSAGE_TIMEOUT,
            BOLT_MESSAGE_RATE_MIN,
            BOLT_MESSAGE_RATE_AFTER,
            BOLT_WRITE_TIMEOUT,
            BOLT_STRANGER_MESSAGE_KIB_MAX,
            BOLT_STRANGER_BUFFER_KIB_MAX,
            BOLT_NESTING_MAX,
            BOLT_REQUEST_MEMORY_MIB_MAX,
            BOLT_AHEAD_MIB_MAX,
            BOLT_AHEAD_REQUESTS_MAX,
            BOLT_RESULT_BUFFER_KIB_MAX,
            BOLT_RESULT_BUFFERS_MIB_MAX,
            BOLT_OPEN_RESULTS_MAX,
            QUERY_LENGTH_MAX,
            QUERY_NESTING_MAX,
            QUERY_NODES_MAX,
            QUERY_MEMORY_MIB_MAX,
            USER_MEMORY_MIB_MAX,
            REPLICATION_FRAME_MIB_MAX,
            REPLICATION_MESSAGE_MIB_MAX,
            REPLICATION_WINDOW_MIB_MAX,
            FORWARDED_TRANSACTIONS_MAX,
            LOG_LINES_PER_CAUSE_MAX);

    private LimitSettings() {}
}
