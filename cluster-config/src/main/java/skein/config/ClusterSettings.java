package skein.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The part of the catalogue that makes an instance a coordinator or a data instance under coordinators, and what it
 * tells over HTTP. What the values mean together is {@link InstanceKind}.
 */
public final class ClusterSettings {
    private static final int PORT_MAX = 65_535;
    private static final String PORT_OR_NONE = "1 to 65535, or 0 or nothing for none";

    public static final Setting<String> MANAGEMENT_ADDRESS = new Setting<>(
            "management-address",
            "skein.management.address",
            "",
            "an IPv4 address or a host name, or nothing for Bolt's",
            Parsers::optionalHost,
            "Address on which coordinators are listened to, and on a coordinator other coordinators.");
    public static final Setting<Optional<Integer>> MANAGEMENT_PORT = new Setting<>(
            "management-port",
            "skein.management.port",
            "",
            PORT_OR_NONE,
            ClusterSettings::optionalPort,
            "Port on which coordinators are listened to; a data instance that has one takes its role from them. On a"
                    + " coordinator, nothing means the coordinator port.");
    public static final Setting<Optional<Integer>> COORDINATOR_ID = new Setting<>(
            "coordinator-id",
            "skein.coordinator.id",
            "",
            "0 to 2147483647, or nothing for an instance that is no coordinator",
            text -> text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Parsers.integer(0, Integer.MAX_VALUE).apply(text)),
            "Number of this coordinator, its own in the cluster; makes this instance a coordinator.");
    public static final Setting<Optional<Integer>> COORDINATOR_PORT = new Setting<>(
            "coordinator-port",
            "skein.coordinator.port",
            "",
            PORT_OR_NONE,
            ClusterSettings::optionalPort,
            "Port on which a coordinator talks to the other coordinators.");
    public static final Setting<String> COORDINATOR_HOSTNAME = new Setting<>(
            "coordinator-hostname",
            "skein.coordinator.hostname",
            "",
            "an IPv4 address or a host name, or nothing for the management address",
            Parsers::optionalHost,
            "Host under which other coordinators reach this one; part of its identity.");
    public static final Setting<Optional<Path>> INIT_QUERIES = new Setting<>(
            "ha-cluster-init-queries",
            "skein.coordinator.init-queries",
            "",
            "a file of statements that end with ;, or nothing",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Parsers.path(text)),
            "Statements that a coordinator carries out one by one after its start.");
    public static final Setting<String> HTTP_ADDRESS = new Setting<>(
            "http-address",
            "skein.http.address",
            "127.0.0.1",
            "an IPv4 address or a host name",
            Parsers::host,
            "Address on which health, role and metrics are told over HTTP, without a login.");
    public static final Setting<Optional<Integer>> HTTP_PORT = new Setting<>(
            "http-port",
            "skein.http.port",
            "",
            PORT_OR_NONE,
            ClusterSettings::optionalPort,
            "Port on which health, role and metrics are told over HTTP.");
    public static final Setting<String> EXPERIMENTAL_ENABLED = new Setting<>(
            "experimental-enabled",
            "skein.experimental.enabled",
            "",
            "anything; it is not needed",
            text -> text,
            "Accepted for compatibility and ignored: everything that Skein has is on.");
    public static final Setting<Boolean> ALSO_LOG_TO_STDERR = new Setting<>(
            "also-log-to-stderr",
            "skein.log.also-to-stderr",
            "true",
            "true",
            text -> {
                if (!Parsers.bool(text)) {
                    throw new IllegalArgumentException("the log has no other place");
                }
                return true;
            },
            "Accepted for compatibility: the log always goes to standard error.");

    static final List<Setting<?>> ALL = List.of(
            MANAGEMENT_ADDRESS,
            MANAGEMENT_PORT,
            COORDINATOR_ID,
            COORDINATOR_PORT,
            COORDINATOR_HOSTNAME,
            INIT_QUERIES,
            HTTP_ADDRESS,
            HTTP_PORT,
            EXPERIMENTAL_ENABLED,
            ALSO_LOG_TO_STDERR);

    private ClusterSettings() {}

    /** Zero is how Memgraph writes "none". */
    private static Optional<Integer> optionalPort(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int port = Parsers.integer(0, PORT_MAX).apply(text);
        return port == 0 ? Optional.empty() : Optional.of(port);
    }
}
