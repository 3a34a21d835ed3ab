package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import skein.session.IsolationLevel;

/** Anything a client may send as query text. */
public sealed interface Statement
        permits Statement.Data,
                Statement.OfIndexes,
                Statement.Show,
                Statement.Transaction,
                Statement.UseDatabase,
                Statement.Snapshot,
                Statement.RecoverSnapshot,
                Statement.Isolation,
                Statement.TerminateTransactions,
                Statement.Dump,
                Statement.FreeMemory,
                Statement.StorageMode,
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
            implements Statement {
        /** True when parts of it are committed while it runs. */
        public boolean commitsByItself() {
            boolean inTransactions = query instanceof Query.Single single
                    && single.clauses().stream()
                            .anyMatch(clause -> clause instanceof Clause.CallSubquery call && call.inTransactions());
            return mode != PlanMode.EXPLAIN && (inTransactions || periodicCommitRows.isPresent());
        }
    }

    /** Whether a query is run, explained, or both. */
    enum PlanMode {
        EXECUTE,
        EXPLAIN,
        PROFILE
    }

    /**
     * What changes or examines indexes; each is a transaction of its own but {@link Analyze}, which changes no data.
     */
    sealed interface OfIndexes extends Statement {}

    /**
     * {@code CREATE INDEX} and {@code DROP INDEX} on something, in both dialects.
     *
     * @param labelOrType a type for {@link Entries#RELATIONSHIPS}
     * @param keys empty for all with the label or type
     * @param tolerant IF NOT EXISTS was written
     */
    record Index(
            boolean create,
            Entries subject,
            String labelOrType,
            List<String> keys,
            Optional<String> name,
            boolean tolerant)
            implements OfIndexes {
        public Index {
            keys = List.copyOf(keys);
        }

        /** What is in the index. */
        public enum Entries {
            NODES,
            RELATIONSHIPS,
            /** Points of nodes. */
            POINTS
        }
    }

    /**
     * {@code DROP INDEX name}.
     *
     * @param tolerant IF EXISTS was written
     */
    record DropNamedIndex(String name, boolean tolerant) implements OfIndexes {}

    /** {@code DROP ALL INDEXES}. */
    record DropAllIndexes() implements OfIndexes {}

    /**
     * {@code ANALYZE GRAPH}.
     *
     * @param labels empty for all
     * @param delete DELETE STATISTICS was written: forget instead of counting
     */
    record Analyze(List<String> labels, boolean delete) implements OfIndexes {
        public Analyze {
            labels = List.copyOf(labels);
        }
    }

    /**
     * Questions about the database and the instance that the engine answers with rows.
     *
     * @param tail what is made of the rows; empty for all of them as they are
     */
    record Show(Subject subject, Optional<Tail> tail) implements Statement {
        public Show(Subject subject) {
            this(subject, Optional.empty());
        }

        /**
         * {@code YIELD a AS b ORDER BY b SKIP 1 LIMIT 2 WHERE p RETURN ...}, or {@code WHERE p} alone.
         *
         * @param yields empty for all columns
         * @param shape all columns, in the order and the number asked for
         */
        public record Tail(
                List<Clause.YieldItem> yields,
                Clause.Projection shape,
                Optional<Expression> where,
                Optional<Clause.Return> result,
                Span span) {
            public Tail {
                yields = List.copyOf(yields);
            }
        }

        /** What is asked for. */
        public enum Subject {
            /** Memgraph's columns. */
            INDEX_INFO,
            /** Neo4j's columns. */
            INDEXES,
            /** Memgraph's columns. */
            CONSTRAINT_INFO,
            /** Neo4j's columns, the constraints' names among them. */
            CONSTRAINTS,
            STORAGE_INFO,
            NODE_LABELS_INFO,
            EDGE_TYPES_INFO,
            DATABASES,
            CURRENT_DATABASE,
            DEFAULT_DATABASE,
            HOME_DATABASE,
            TRANSACTIONS,
            FUNCTIONS,
            PROCEDURES;

            /** True when the answer depends on no graph, so that it can be had while a database is broken. */
            public boolean isAboutInstance() {
                return switch (this) {
                    case DATABASES, CURRENT_DATABASE, DEFAULT_DATABASE, HOME_DATABASE, TRANSACTIONS -> true;
                    case INDEX_INFO,
                            INDEXES,
                            CONSTRAINT_INFO,
                            CONSTRAINTS,
                            STORAGE_INFO,
                            NODE_LABELS_INFO,
                            EDGE_TYPES_INFO,
                            FUNCTIONS,
                            PROCEDURES -> false;
                };
            }
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

    /** {@code USE DATABASE name}: for the session, until it names another. */
    record UseDatabase(String name) implements Statement {}

    /** {@code CREATE SNAPSHOT}, {@code SHOW SNAPSHOTS}, {@code SHOW NEXT SNAPSHOT}: about the session's database. */
    record Snapshot(Action action) implements Statement {
        public enum Action {
            CREATE,
            SHOW,
            SHOW_NEXT
        }
    }

    /**
     * {@code RECOVER SNAPSHOT "path" [FORCE]}, into the session's database.
     *
     * @param path on the machine of the instance
     * @param force whether content that is there may be replaced
     */
    record RecoverSnapshot(String path, boolean force) implements Statement {}

    /** {@code SET GLOBAL|SESSION|NEXT TRANSACTION ISOLATION LEVEL level}. */
    record Isolation(Scope scope, IsolationLevel level) implements Statement {
        /** Whose transactions it is about. */
        public enum Scope {
            GLOBAL,
            SESSION,
            NEXT
        }
    }

    /** {@code TERMINATE TRANSACTIONS id, ...}. */
    record TerminateTransactions(List<Target> targets) implements Statement {
        public TerminateTransactions {
            targets = List.copyOf(targets);
        }

        /** What says which. */
        public sealed interface Target {}

        /** An id as {@code SHOW TRANSACTIONS} answers it. */
        public record Literal(String id) implements Target {}

        /** A parameter with an id, or with a list of them. */
        public record FromParameter(String name) implements Target {}
    }

    /** {@code DUMP DATABASE}: the statements that make the session's database again. */
    record Dump() implements Statement {}

    /** {@code FREE MEMORY}. */
    record FreeMemory() implements Statement {}

    /** {@code STORAGE MODE mode}; there is one mode, and naming another is refused when it is read. */
    record StorageMode() implements Statement {}

    /**
     * Recognised, and refused with FEATURE_NOT_SUPPORTED that names the feature.
     *
     * @param feature for people, for example {@code CREATE TRIGGER}
     */
    record Unsupported(String feature) implements Statement {}
}
