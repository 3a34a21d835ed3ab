package skein.tck;

import java.util.List;
import java.util.Map;
import skein.graph.Value;

/** A database with one graph, as far as the TCK needs one. Calls come one after the other. */
public interface TckGraph {
    /** Runs a query to its end in a transaction of its own, and commits it unless it fails. */
    Answer run(String query, Map<String, Value> parameters);

    /** What a query led to. */
    sealed interface Answer {}

    /** It succeeded; values are materialised: no references, whole paths. */
    record Rows(List<String> columns, List<List<Value>> rows) implements Answer {}

    /**
     * It failed and changed nothing.
     *
     * @param status as on the wire, for example {@code Neo.ClientError.Statement.SyntaxError}
     */
    record Failure(String status, String message) implements Answer {
        @Override
        public String toString() {
            return status + ": " + message;
        }
    }

    /** A database that can be given procedures. */
    interface WithProcedures extends TckGraph {
        /** From now on the database has these, and of those declared earlier only these. */
        void declare(List<DeclaredProcedure> procedures);
    }
}
