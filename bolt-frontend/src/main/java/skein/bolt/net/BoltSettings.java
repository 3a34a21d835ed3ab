package skein.bolt.net;

import java.time.Duration;
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
     * What one client may take. All at least 1.
     *
     * @param connectionsMax connections in all; one more is closed at once
     * @param connectionsPerAddressMax connections from one address
     * @param strangersPerAddressMax connections from one address that are not logged in
     * @param strangerMessageBytesMax size of a message before login
     * @param messageBytesMax size of a message after login
     * @param nestingMax depth of values after login, at most 200
     * @param waitingBytesMax bytes of messages sent ahead of their turn; beyond it the socket is not read
     * @param waitingRequestsMax messages sent ahead of their turn
     * @param outboundBytesMax bytes of rows on their way to a client; beyond it no row is made
     * @param openResultsMax results open at once in one transaction
     */
    public record Limits(
            int connectionsMax,
            int connectionsPerAddressMax,
            int strangersPerAddressMax,
            int strangerMessageBytesMax,
            int messageBytesMax,
            int nestingMax,
            long waitingBytesMax,
            int waitingRequestsMax,
            int outboundBytesMax,
            int openResultsMax) {
        public static final Limits DEFAULT =
                new Limits(10_000, 1_000, 500, 8 * KIB, 64 * MIB, 100, 16L * MIB, 10_000, MIB, 1_000);

        public Limits {
            require(
                    connectionsMax > 0
                            && connectionsPerAddressMax > 0
                            && strangersPerAddressMax > 0
                            && strangerMessageBytesMax > 0
                            && messageBytesMax > 0
                            && nestingMax > 0
                            && waitingBytesMax > 0
                            && waitingRequestsMax > 0
                            && outboundBytesMax > 0
                            && openResultsMax > 0,
                    "every limit must be at least 1");
            require(nestingMax <= 200, "values may be nested 200 levels deep at most, not " + nestingMax);
        }

        public Limits withConnections(int max) {
            return new Limits(
                    max,
                    connectionsPerAddressMax,
                    strangersPerAddressMax,
                    strangerMessageBytesMax,
                    messageBytesMax,
                    nestingMax,
                    waitingBytesMax,
                    waitingRequestsMax,
                    outboundBytesMax,
                    openResultsMax);
        }

        public Limits withMessageBytes(int max) {
            return new Limits(
                    connectionsMax,
                    connectionsPerAddressMax,
                    strangersPerAddressMax,
                    strangerMessageBytesMax,
                    max,
                    nestingMax,
                    waitingBytesMax,
                    waitingRequestsMax,
                    outboundBytesMax,
                    openResultsMax);
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
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));

        public Timeouts {
            for (Duration timeout : new Duration[] {handshake, login, message, write, keepAlive, routingTtl, drain}) {
                require(timeout.isPositive(), "every timeout must be above zero");
            }
        }

        public Timeouts withLogin(Duration newLogin) {
            return new Timeouts(handshake, newLogin, message, write, keepAlive, routingTtl, drain);
        }

        public Timeouts withKeepAlive(Duration newKeepAlive) {
            return new Timeouts(handshake, login, message, write, newKeepAlive, routingTtl, drain);
        }

        /** The shortest of the waits that are looked after by a regular check. */
        Duration shortestChecked() {
            Duration shortest = keepAlive.dividedBy(3);
            for (Duration timeout : new Duration[] {message, write}) {
                shortest = timeout.compareTo(shortest) < 0 ? timeout : shortest;
            }
            return shortest;
        }
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION, "CFG-002 Bolt cannot be served: " + reason + ". Correct the setting.");
        }
    }
}
