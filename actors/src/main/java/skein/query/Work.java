package skein.query;

import java.util.Map;
import skein.cypher.PreparedQuery;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QuerySession.CommitSummary;

/** A transaction that a session has open: here, or on the MAIN. Confined to the session's thread. */
sealed interface Work extends AutoCloseable permits SessionTransaction, ForwardedTransaction {
    /** @param text for those who look at what runs, or have to read it again */
    QueryCursor start(String text, PreparedQuery query, Map<String, Value> parameters);

    /** Finishes the writes of every query, then commits. */
    CommitSummary commit();

    /** It waits for its client. */
    void rest();

    /** Its client has asked for something; throws when it has been ended meanwhile. */
    void resume();

    /** Rolls back unless committed. Idempotent. */
    @Override
    void close();
}
