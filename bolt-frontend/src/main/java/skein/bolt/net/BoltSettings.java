package skein.bolt.net;

import java.time.Duration;
import java.util.Map;
import skein.config.LimitSettings;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;
import skein.config.Settings;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * How Bolt is served.
 *
 * @param address IPv4 address or host name to listen on
 * @param port 0 to 65535; 0 takes any free port
 * @param serverAgent what HELLO answers; several drivers insist that it begins with {@code Neo4j/}
 * @param advertisedAddress {@code host:port} told to clients that do not say which address they used; empty for the one
 *     listened on
 */
public record BoltSettings(
        String address, int port, String serverAgent, String advertisedAddress, Limits limits, Timeouts timeouts) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    public BoltSettings {
        require(port >= 0 && port <= 65_535, "the port " + port + " does not lie between 0 and 65535");
    }

    /** Everything by default, on the address given. */
    public static BoltSettings listeningOn(String address, int port) {
        return new BoltSettings(
                address,
                port,
                "Neo4j/5.26.0 compatible graph database server - Skein",
                "",
                Limits.DEFAULT,
                Timeouts.DEFAULT);
    }

    /** What the settings of an instance say. */
    public static BoltSettings of(ResolvedSettings settings) {
        return new BoltSettings(
                settings.get(Settings.BOLT_ADDRESS),
                settings.get(Settings.BOLT_PORT),
                settings.get(Settings.BOLT_SERVER_NAME),
                "",
                Limits.of(settings),
                Timeouts.of(settings));
    }

    public BoltSettings listeningAt(String other) {
        return new BoltSettings(other, port, serverAgent, advertisedAddress, limits, timeouts);
    }

    public BoltSettings withServerAgent(String agent) {
        return new BoltSettings(address, port, agent, advertisedAddress, limits, timeouts);
    }

    public BoltSettings withAdvertisedAddress(String advertised) {
        return new BoltSettings(address, port, serverAgent, advertised, limits, timeouts);
    }

    public BoltSettings with(Limits newLimits) {
        return new BoltSettings(address, port, serverAgent, advertisedAddress, newLimits, timeouts);
    }

    public BoltSettings with(Timeouts newTimeouts) {
        return new BoltSettings(address, port, serverAgent, advertisedAddress, limits, newTimeouts);
    }

    /**
     * What clients may take. All at least 1, except where 0 is named.
     *
     * @param connectionsMax connections in all; one more is closed at once
     * @param connectionsReserved how many of these are for clients on this machine only; may be 0
     * @param connectionsPerAddressMax connections from one address
     * @param strangersPerAddressMax connections from one address that are not logged in
     * @param strangerMessageBytesMax size of a message before login
     * @param strangerBufferedBytesMax what is kept before login is done
     * @param messageBytesMax size of a message after login
     * @param messageRate what a message must arrive with
     * @param nestingMax depth of values after login, at most 200
     * @param requestMemoryBytesMax heap that requests of all connections take, received and decoded
     * @param waitingBytesMax heap of requests sent ahead of their turn; beyond it the socket is not read
     * @param waitingRequestsMax requests sent ahead of their turn
     * @param outboundBytesMax bytes of rows on their way to a client; beyond it no row is made
     * @param outboundTotalBytesMax the same for all clients; beyond it each has one batch at a time
     * @param openResultsMax results open at once in one transaction
     */
    public record Limits(
            int connectionsMax,
            int connectionsReserved,
            int connectionsPerAddressMax,
            int strangersPerAddressMax,
            int strangerMessageBytesMax,
            int strangerBufferedBytesMax,
            int messageBytesMax,
            MessageRate messageRate,
            int nestingMax,
            long requestMemoryBytesMax,
            long waitingBytesMax,
            int waitingRequestsMax,
            int outboundBytesMax,
            long outboundTotalBytesMax,
            int openResultsMax) {
        private static final int REQUEST_HEAP_SHARE = 4;
        private static final int OUTBOUND_HEAP_SHARE = 8;

        public static final Limits DEFAULT = of(ResolvedSettings.resolve(SettingSources.ofFlags(Map.of())));

        public Limits {
            require(
                    connectionsMax > 0
                            && connectionsReserved >= 0
                            && connectionsPerAddressMax > 0
                            && strangersPerAddressMax > 0
                            && strangerMessageBytesMax > 0
                            && strangerBufferedBytesMax > 0
                            && messageBytesMax > 0
                            && nestingMax > 0
                            && requestMemoryBytesMax > 0
                            && waitingBytesMax > 0
                            && waitingRequestsMax > 0
                            && outboundBytesMax > 0
                            && outboundTotalBytesMax > 0
                            && openResultsMax > 0,
                    "every limit must be at least 1");
            require(nestingMax <= 200, "values may be nested 200 levels deep at most, not " + nestingMax);
        }

        static Limits of(ResolvedSettings settings) {
            return new Limits(
                    settings.get(Settings.BOLT_CONNECTIONS_MAX),
                    settings.get(LimitSettings.BOLT_CONNECTIONS_RESERVED),
                    settings.get(LimitSettings.BOLT_CONNECTIONS_PER_ADDRESS_MAX),
                    settings.get(LimitSettings.BOLT_STRANGERS_PER_ADDRESS_MAX),
                    settings.get(LimitSettings.BOLT_STRANGER_MESSAGE_KIB_MAX) * KIB,
                    settings.get(LimitSettings.BOLT_STRANGER_BUFFER_KIB_MAX) * KIB,
                    settings.get(Settings.BOLT_MESSAGE_MIB_MAX) * MIB,
                    new MessageRate(
                            settings.get(LimitSettings.BOLT_MESSAGE_RATE_MIN),
                            settings.get(LimitSettings.BOLT_MESSAGE_RATE_AFTER)),
                    settings.get(LimitSettings.BOLT_NESTING_MAX),
                    heapShare(settings.get(LimitSettings.BOLT_REQUEST_MEMORY_MIB_MAX), REQUEST_HEAP_SHARE),
                    (long) settings.get(LimitSettings.BOLT_AHEAD_MIB_MAX) * MIB,
                    settings.get(LimitSettings.BOLT_AHEAD_REQUESTS_MAX),
                    settings.get(LimitSettings.BOLT_RESULT_BUFFER_KIB_MAX) * KIB,
                    heapShare(settings.get(LimitSettings.BOLT_RESULT_BUFFERS_MIB_MAX), OUTBOUND_HEAP_SHARE),
                    settings.get(LimitSettings.BOLT_OPEN_RESULTS_MAX));
        }

        private static long heapShare(int wantedMib, int share) {
            return wantedMib == 0 ? Runtime.getRuntime().maxMemory() / share : (long) wantedMib * MIB;
        }

        /** These limits, with some of them set by their flags; for tests. */
        static Limits with(Map<String, String> flags) {
            return of(ResolvedSettings.resolve(SettingSources.ofFlags(flags)));
        }

        /** For clients from elsewhere; at least one. */
        int connectionsFromElsewhereMax() {
            return Math.max(1, connectionsMax - connectionsReserved);
        }
    }

    /**
     * How long is waited for what. All above zero.
     *
     * @param handshake from connect to the end of the handshake
     * @param login from connect, or from LOGOFF, to the end of login
     * @param message from the first byte of a message to its last
     * @param write how long a client that is owed bytes may take none
     * @param keepAlive silence after which a client may give the server up; at a third of it the server says something
     * @param routingTtl how long clients may keep a routing table
     * @param drain how long closing waits for sessions to end
     */
    public record Timeouts(
            Duration handshake,
            Duration login,
            Duration message,
            Duration write,
            Duration keepAlive,
            Duration routingTtl,
            Duration drain) {
        private static final Duration ROUTING_TTL = Duration.ofSeconds(10);
        private static final Duration DRAIN = Duration.ofSeconds(10);

        public static final Timeouts DEFAULT = of(ResolvedSettings.resolve(SettingSources.ofFlags(Map.of())));

        public Timeouts {
            for (Duration timeout : new Duration[] {handshake, login, message, write, keepAlive, routingTtl, drain}) {
                require(timeout.isPositive(), "every timeout must be above zero");
            }
        }

        static Timeouts of(ResolvedSettings settings) {
            return new Timeouts(
                    settings.get(LimitSettings.BOLT_HANDSHAKE_TIMEOUT),
                    settings.get(Settings.BOLT_LOGIN_TIMEOUT),
                    settings.get(LimitSettings.BOLT_MESSAGE_TIMEOUT),
                    settings.get(LimitSettings.BOLT_WRITE_TIMEOUT),
                    settings.get(Settings.BOLT_KEEP_ALIVE),
                    ROUTING_TTL,
                    DRAIN);
        }

        /** The shortest of the waits that are looked after by a regular check. */
        Duration shortestChecked(MessageRate rate) {
            Duration shortest = keepAlive.dividedBy(3);
            for (Duration timeout : new Duration[] {message, rate.after(), write}) {
                shortest = timeout.compareTo(shortest) < 0 ? timeout : shortest;
            }
            return shortest;
        }
    }

    /**
     * How slowly a message may come.
     *
     * @param bytesPerSecondMin on average since its first byte; 0 for any
     * @param after how long a message may take before that counts; above zero
     */
    public record MessageRate(int bytesPerSecondMin, Duration after) {
        public MessageRate {
            require(bytesPerSecondMin >= 0 && after.isPositive(), "the rate of messages must not be below zero");
        }
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION, "CFG-002 Bolt cannot be served: " + reason + ". Correct the setting.");
        }
    }
}
