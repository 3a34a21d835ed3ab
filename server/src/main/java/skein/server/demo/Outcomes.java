package skein.server.demo;

import java.util.List;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.DiscoveryException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import org.neo4j.driver.exceptions.TransientException;
import skein.server.demo.Tally.Told;

/** What a failure of the driver says about the write that was under way. In doubt: unknown. */
final class Outcomes {
    /** How the driver says that it had no connection yet, so that nothing was sent. */
    private static final List<String> NOT_SENT = List.of(
            "Failed to obtain connection", "Could not perform discovery", "Unable to connect to", "Unable to acquire");

    private Outcomes() {}

    static Told of(Neo4jException failure) {
        if (failure instanceof DiscoveryException || wasNotSent(failure)) {
            return Told.REFUSED;
        }
        if (failure instanceof SessionExpiredException && !failure.code().startsWith("Neo.")
                || failure instanceof ServiceUnavailableException) {
            return Told.UNKNOWN;
        }
        // the server said it: transient and client errors mean that nothing was committed
        return failure instanceof TransientException
                        || failure instanceof ClientException
                        || failure.code().startsWith("Neo.ClientError")
                        || failure.code().startsWith("Neo.TransientError")
                ? Told.REFUSED
                : Told.UNKNOWN;
    }

    /** True when it can be said again without being done twice. */
    static boolean mayBeRepeated(Neo4jException failure) {
        return wasNotSent(failure)
                || failure instanceof DiscoveryException
                || failure.code().startsWith("Neo.TransientError")
                || failure.code().startsWith("Neo.ClientError.Cluster");
    }

    /** Or it was sent to somebody who does not take writes, and said so. */
    private static boolean wasNotSent(Neo4jException failure) {
        String message = String.valueOf(failure.getMessage());
        return NOT_SENT.stream().anyMatch(message::startsWith) || message.endsWith("no longer accepts writes");
    }

    static String words(Neo4jException failure) {
        String code = failure.code();
        return (code.startsWith("Neo.") ? code + ": " : "") + failure.getMessage();
    }
}
