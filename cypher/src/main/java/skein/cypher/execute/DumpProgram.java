package skein.cypher.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.execute.dump.DumpText;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.storage.api.GraphTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/** DUMP DATABASE: one statement a row, made as it is asked for. */
public final class DumpProgram {
    public static final List<String> COLUMNS = List.of("QUERY");

    private DumpProgram() {}

    /** FORBIDDEN_IN_TRANSACTION when the transaction has changed anything: ids it made are not to last. */
    public static RunningQuery start(GraphTransaction graph, QueryEnvironment environment) {
        if (graph.hasChanges()) {
            throw new SkeinException(
                    ErrorCode.FORBIDDEN_IN_TRANSACTION,
                    "DUMP DATABASE is not allowed in a transaction that has changed something. Commit it first.");
        }
        return new Run(new DumpText(graph), environment);
    }

    private record Run(DumpText statements, QueryEnvironment environment) implements RunningQuery {
        @Override
        public List<String> columns() {
            return COLUMNS;
        }

        @Override
        public Value @Nullable [] next() {
            environment.checkTermination();
            String statement = statements.next();
            return statement == null ? null : new Value[] {Value.of(statement + ";")};
        }

        @Override
        public void drain() {}

        @Override
        public QueryCounters counters() {
            return QueryCounters.NONE;
        }

        @Override
        public @Nullable MapValue plan() {
            return null;
        }

        @Override
        public boolean profiled() {
            return false;
        }

        @Override
        public List<Notification> notifications() {
            return List.of();
        }
    }
}
