package skein.cypher;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.check.SemanticCheck;
import skein.cypher.execute.ConstraintProgram;
import skein.cypher.execute.DumpProgram;
import skein.cypher.execute.IndexProgram;
import skein.cypher.execute.QueryEnvironment;
import skein.cypher.execute.QueryProgram;
import skein.cypher.execute.RunningQuery;
import skein.cypher.execute.ShowProgram;
import skein.cypher.execute.ShowQuery;
import skein.cypher.plan.PeriodicCommit;
import skein.cypher.plan.QueryKinds;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.syntax.AdminStatement;
import skein.cypher.syntax.ConstraintStatement;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.LiftedText;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.QueryLimits;
import skein.cypher.syntax.Statement;
import skein.cypher.syntax.Statement.PlanMode;
import skein.graph.Value;
import skein.session.QuerySummary.QueryKind;
import skein.storage.api.GraphTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Query text in, prepared queries out. Thread-safe; an instance needs one. */
public final class CypherEngine {
    /** How many prepared queries are kept unless told otherwise. */
    public static final int PLAN_CACHE_SIZE = 1000;

    private final ProcedureRegistry procedures;
    private final QueryLimits limits;
    private final PlanCache cache;
    private final PlanCacheMeter meter;

    public CypherEngine() {
        this(BuiltInProcedures.registry(), PLAN_CACHE_SIZE);
    }

    /** @param planCacheSize how many prepared queries are kept, from 1 */
    public CypherEngine(ProcedureRegistry procedures, int planCacheSize) {
        this(procedures, planCacheSize, QueryLimits.STANDARD);
    }

    /** As above, for queries within these limits. */
    public CypherEngine(ProcedureRegistry procedures, int planCacheSize, QueryLimits limits) {
        this(procedures, planCacheSize, limits, PlanCacheMeter.NONE);
    }

    /** As above; the meter hears of each query that is prepared. */
    public CypherEngine(ProcedureRegistry procedures, int planCacheSize, QueryLimits limits, PlanCacheMeter meter) {
        this.procedures = procedures;
        this.limits = limits;
        this.cache = new PlanCache(planCacheSize);
        this.meter = meter;
    }

    /**
     * Reads, checks and plans a query, or finds it in the cache. Fails with the errors that openCypher calls
     * compile-time ones, and with FEATURE_NOT_SUPPORTED, naming the feature, for what is understood but not executed.
     */
    public PreparedQuery prepare(String text) {
        PreparedQuery known = LiftedText.isKey(text) ? null : cache.get(text);
        if (known != null) {
            meter.found();
            return known;
        }
        Optional<LiftedText> lifted = LiftedText.of(text);
        if (lifted.isPresent()) {
            return prepareLifted(text, lifted.get());
        }
        meter.missed();
        return prepareWhole(CypherParser.parse(text, limits), text);
    }

    private PreparedQuery prepareWhole(Statement statement, String text) {
        SemanticCheck.check(statement, text, procedures.functions());
        PreparedQuery prepared = prepare(statement, text);
        cache.put(text, prepared);
        return prepared;
    }

    private PreparedQuery prepareLifted(String text, LiftedText lifted) {
        PreparedQuery known = cache.get(lifted.key());
        if (known != null) {
            meter.found();
            return new LiteralQuery(known, lifted);
        }
        meter.missed();
        CypherParser.Lifted parsed = CypherParser.parse(text, lifted, limits);
        if (parsed.shared().isEmpty()) {
            return prepareWhole(parsed.statement(), text);
        }
        SemanticCheck.check(parsed.statement(), text, procedures.functions());
        PreparedQuery shared = prepare(parsed.shared().get(), text);
        cache.put(lifted.key(), shared);
        return new LiteralQuery(shared, lifted);
    }

    private PreparedQuery prepare(Statement statement, String text) {
        return switch (statement) {
            case Statement.Data data -> prepare(data);
            case Statement.OfIndexes index -> {
                IndexProgram program = new IndexProgram(index);
                yield new Prepared(
                        index,
                        program.changesSchema() ? QueryKind.SCHEMA : QueryKind.READ,
                        program.columns(),
                        (graph, parameters, environment) -> program.start(graph));
            }
            case ConstraintStatement constraint -> {
                ConstraintProgram program = ConstraintProgram.of(constraint);
                yield new Prepared(
                        constraint,
                        QueryKind.SCHEMA,
                        List.of(),
                        (graph, parameters, environment) -> program.start(graph));
            }
            case Statement.Show show -> prepare(show, text);
            case Statement.Transaction transaction -> new Prepared(transaction, QueryKind.READ, List.of(), null);
            case Statement.UseDatabase use -> new Prepared(use, QueryKind.READ, List.of(), null);
            case Statement.Snapshot snapshot -> new Prepared(snapshot, QueryKind.READ, List.of(), null);
            case Statement.RecoverSnapshot recover -> new Prepared(recover, QueryKind.READ, List.of(), null);
            case Statement.Isolation isolation -> new Prepared(isolation, QueryKind.SCHEMA, List.of(), null);
            case Statement.TerminateTransactions terminate -> new Prepared(terminate, QueryKind.READ, List.of(), null);
            case Statement.Dump dump ->
                new Prepared(
                        dump,
                        QueryKind.READ,
                        DumpProgram.COLUMNS,
                        (graph, parameters, environment) -> DumpProgram.start(graph, environment));
            case Statement.FreeMemory free -> new Prepared(free, QueryKind.READ, List.of(), null);
            case Statement.StorageMode mode -> new Prepared(mode, QueryKind.READ, List.of(), null);
            case AdminStatement admin -> new Prepared(admin, QueryKind.READ, List.of(), null);
            case Statement.Unsupported unsupported -> throw notSupported(unsupported.feature());
        };
    }

    private PreparedQuery prepare(Statement.Show show, String text) {
        ShowProgram rows = new ShowProgram(show.subject(), procedures);
        if (show.tail().isEmpty()) {
            return new Prepared(
                    show,
                    QueryKind.READ,
                    rows.columns(),
                    (graph, parameters, environment) -> rows.start(graph, environment));
        }
        Query query = ShowQuery.query(rows, show.tail().get());
        SemanticCheck.check(query, text, procedures.functions());
        QueryProgram program = new QueryProgram(query, procedures.with(ShowQuery.procedure(rows)), false);
        return new Prepared(show, QueryKind.READ, program.columns(), program::start);
    }

    private PreparedQuery prepare(Statement.Data data) {
        Query query = data.periodicCommitRows().isPresent()
                ? PeriodicCommit.rewritten(
                        data.query(), data.periodicCommitRows().getAsInt())
                : data.query();
        QueryKind kind = new QueryKinds(procedures).of(query);
        QueryProgram program = new QueryProgram(query, procedures, kind != QueryKind.READ, data.hopsLimit());
        return switch (data.mode()) {
            case PlanMode.EXECUTE -> new Prepared(data, kind, program.columns(), program::start);
            case PlanMode.EXPLAIN ->
                new Prepared(
                        data,
                        QueryKind.READ,
                        QueryProgram.EXPLAIN_COLUMNS,
                        (graph, parameters, environment) -> program.explain(graph));
            case PlanMode.PROFILE -> new Prepared(data, kind, QueryProgram.PROFILE_COLUMNS, program::profile);
        };
    }

    private static SkeinException notSupported(String feature) {
        return new SkeinException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                feature + " is understood but not executed by this version. Do without it.");
    }

    /** How a statement runs. */
    @FunctionalInterface
    private interface Start {
        RunningQuery start(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment);
    }

    /** @param start null for statements that belong to the session or to the cluster */
    private record Prepared(
            Statement statement,
            QueryKind kind,
            List<String> columns,
            @Nullable Start start) implements PreparedQuery {
        @Override
        public boolean isSchema() {
            return kind == QueryKind.SCHEMA;
        }

        @Override
        public boolean commitsByItself() {
            return statement instanceof Statement.Data data && data.commitsByItself();
        }

        @Override
        public RunningQuery start(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment) {
            if (start == null) {
                throw new IllegalStateException("not for the query engine: " + statement);
            }
            return start.start(graph, parameters, environment);
        }
    }
}
