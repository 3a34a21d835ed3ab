package skein.bolt.core;

import java.time.Duration;
import skein.bolt.message.BoltVersion;
import skein.vocabulary.DatabaseName;

/**
 * What is fixed for the life of a connection.
 *
 * @param connectionId how log lines and clients name the connection, for example {@code bolt-17}
 * @param serverAgent what HELLO answers as {@code server}
 * @param manifest whether the client chose the version from a manifest
 * @param advertisedAddress {@code host:port} under which clients reach this server, when they do not say which they
 *     used
 * @param keepAlive silence after which the client may give the server up while it waits; a whole number of seconds
 * @param routingTtl how long a client may keep a routing table; a whole number of seconds
 * @param openResultsMax results that may be open at once in one transaction
 */
public record ConnectionFacts(
        String connectionId,
        BoltVersion version,
        boolean manifest,
        String serverAgent,
        DatabaseName defaultDatabase,
        String advertisedAddress,
        Duration keepAlive,
        Duration routingTtl,
        int openResultsMax) {}
