package skein.bolt.core;

import java.util.Map;
import skein.graph.Value;
import skein.session.Credentials;
import skein.session.TransactionOptions;

/** Something that may block: the shell does it away from the sockets and answers with a {@link JobOutcome}. */
public sealed interface Job {
    /** Results of queries on their own have this number. */
    long SINGLE_RESULT = 0;

    /** Asks whether a client may come in. Never cut short. Answers LoggedIn. */
    record LogIn(Credentials credentials) implements Job {}

    /** A query on its own. Answers Ran. */
    record Run(String query, Map<String, Value> parameters, TransactionOptions options) implements Job {}

    /** A query inside the open transaction. Answers Ran. */
    record RunInTransaction(String query, Map<String, Value> parameters, long result) implements Job {}

    /** Sends up to {@code count} rows ({@code -1} for all). Answers HasMore or Drained. */
    record Pull(long result, long count) implements Job {}

    /** Drops up to {@code count} rows ({@code -1} for all). Answers HasMore or Drained. */
    record Discard(long result, long count) implements Job {}

    /** Answers Begun. */
    record Begin(TransactionOptions options) implements Job {}

    /** Answers Committed. */
    record Commit() implements Job {}

    /** Answers Done. */
    record Rollback() implements Job {}

    /**
     * Asks who takes writes, for a routing table. Answers Routed, or RoutedByCluster where there are coordinators.
     *
     * @param address {@code host:port} that the table names
     * @param database whose table it is
     */
    record FindRole(String address, String database) implements Job {}

    /** Looks whether what the session has open is still alive. Answers Done, or Failed when it is not. */
    record CheckWork() implements Job {}

    /** Ends whatever the session has open. Answers Done. */
    record EndWork() implements Job {}
}
