package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import skein.session.IsolationLevel;

/** Anything a client may send as query text. */
public sealed interface Statement
        permits Statement.Data,
                Statement.Index,
                Statement.Show,
                Statement.Transaction,
                Statement.Isolation,
                Statement.Unsupported,
                ConstraintStatement,
                AdminStatement {

    /**
     * A query over the graph.
     *
     * @param periodicCommitRows present for USING PERIODIC COMMIT
     * @param hopsLimit present for USING HOPS LIMIT
     * @param memoryLimitBytes present for QUERY MEMORY LIMIT
     */
    record Data(
            PlanMode mode,
            Query query,
            OptionalInt periodicCommitRows,
            OptionalInt hopsLimit,
            OptionalLong memoryLimitBytes)
            implements Statement {}

    /** Whether a query is run, explained, or both. */
    enum PlanMode {
        EXECUTE,
        EXPLAIN,
        PROFILE
    }

    /**
     * {@code CREATE INDEX} and {@code DROP INDEX} on nodes, both dialects.
     *
     * @param keys empty for a label index
     * @param tolerant IF NOT EXISTS or IF EXISTS was written
     */
    record Index(boolean create, String label, List<String> keys, Optional<String> name, boolean tolerant)
            implements Statement {
        public Index {
            keys = List.copyOf(keys);
        }
    }

    /** Questions about the database and the instance that the engine answers with rows. */
    record Show(Subject subject) implements Statement {
        /** What is asked for. */
        public enum Subject {
            INDEX_INFO,
            /** Memgraph's columns. */
            CONSTRAINT_INFO,
            /** Neo4j's columns, the constraints' names among them. */
            CONSTRAINTS,
            STORAGE_INFO,
            NODE_LABELS_INFO,
            EDGE_TYPES_INFO,
            DATABASES,
            CURRENT_DATABASE,
            TRANSACTIONS,
            FUNCTIONS,
            PROCEDURES
        }
    }

    /** BEGIN, COMMIT and ROLLBACK as text. */
    record Transaction(Kind kind) implements Statement {
        public enum Kind {
            BEGIN,
            COMMIT,
            ROLLBACK
        }
    }

    /** {@code SET GLOBAL|SESSION|NEXT TRANSACTION ISOLATION LEVEL level}. */
    record Isolation(Scope scope, IsolationLevel level) implements Statement {
        /** Whose transactions it is about. */
        public enum Scope {
            GLOBAL,
            SESSION,
            NEXT
        }
    }

    /**
     * Recognised, and refused with FEATURE_NOT_SUPPORTED that names the feature.
     *
     * @param feature for people, for example {@code CREATE TRIGGER}
     */
    record Unsupported(String feature) implements Statement {}
}
