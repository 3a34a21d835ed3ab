package skein.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.vocabulary.DatabaseName;

/** A session that passes every call on to another one, but for those that it answers itself. */
public interface SessionAround extends QuerySession {
    /** Who answers what is passed on; always the same. */
    QuerySession behind();

    @Override
    default QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options) {
        return behind().run(query, parameters, options);
    }

    @Override
    default void begin(TransactionOptions options) {
        behind().begin(options);
    }

    @Override
    default QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
        return behind().runInTransaction(query, parameters);
    }

    @Override
    default CommitSummary commit() {
        return behind().commit();
    }

    @Override
    default void rollback() {
        behind().rollback();
    }

    @Override
    default boolean isTransactionOpen() {
        return behind().isTransactionOpen();
    }

    @Override
    default void rest() {
        behind().rest();
    }

    @Override
    default void resume() {
        behind().resume();
    }

    @Override
    default boolean isEnded() {
        return behind().isEnded();
    }

    @Override
    default void onEnded(Runnable listener) {
        behind().onEnded(listener);
    }

    @Override
    default @Nullable DatabaseName chosenDatabase() {
        return behind().chosenDatabase();
    }

    @Override
    default void interrupt() {
        behind().interrupt();
    }

    @Override
    default void close() {
        behind().close();
    }
}
