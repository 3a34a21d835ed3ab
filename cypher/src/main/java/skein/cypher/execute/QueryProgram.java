package skein.cypher.execute;

import java.util.List;
import java.util.Map;
import skein.cypher.plan.Assumptions;
import skein.cypher.plan.LogicalPlan;
import skein.cypher.plan.PlanDescription;
import skein.cypher.plan.PlanFacts;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.syntax.Query;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.storage.api.GraphTransaction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/**
 * A query that has been checked, with the plan last made for it. Thread-safe: a plan is used as long as the facts it
 * was made with hold; two runs that find it outdated make the same new one.
 */
public final class QueryProgram {
    /** What EXPLAIN answers. */
    public static final List<String> EXPLAIN_COLUMNS = List.of("QUERY PLAN");

    /** What PROFILE answers. */
    public static final List<String> PROFILE_COLUMNS =
            List.of("OPERATOR", "ACTUAL HITS", "RELATIVE TIME", "ABSOLUTE TIME");

    private final Query query;
    private final ProcedureRegistry procedures;
    private final boolean writes;
    private final List<String> columns;
    private volatile Planned current;

    private record Planned(
            LogicalPlan logical, CompiledPlan plan, List<String> columns, Map<Assumptions.Fact, Object> assumptions) {}

    private record EmptyGraph() implements PlanFacts {
        @Override
        public List<List<String>> indexes(IndexKind kind, String labelOrType) {
            return List.of();
        }

        @Override
        public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
            return new IndexStatistics(0, 0);
        }

        @Override
        public long nodeCount() {
            return 0;
        }

        @Override
        public long nodeCount(String label) {
            return 0;
        }

        @Override
        public long relationshipCount() {
            return 0;
        }
    }

    /** Plans the query for an empty graph: whatever is wrong with it at all is found here. */
    public QueryProgram(Query query, ProcedureRegistry procedures, boolean writes) {
        this.query = query;
        this.procedures = procedures;
        this.writes = writes;
        this.current = planned(new EmptyGraph());
        this.columns = current.columns;
    }

    /** Names of the result's columns; empty when there is no result. */
    public List<String> columns() {
        return columns;
    }

    public RunningQuery start(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment) {
        CompiledPlan plan = plannedFor(graph).plan;
        return new PlanRun(columns, plan, writes, new Execution(plan, graph, parameters, environment));
    }

    /** The plan as rows and as a tree; nothing runs. */
    public RunningQuery explain(GraphTransaction graph) {
        PlanDescription description = PlanDescription.of(plannedFor(graph).logical);
        List<Value[]> rows = description.lines().stream()
                .map(line -> new Value[] {Value.of(line.text())})
                .toList();
        return TableRun.ofPlan(EXPLAIN_COLUMNS, rows, PlanTree.of(description, null), false, QueryCounters.NONE);
    }

    /** Runs the query to its end and answers what each operator did instead of the rows. */
    public RunningQuery profile(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment) {
        Profile profile = new Profile();
        PlanCompiler.Compiled compiled =
                new PlanCompiler(new TransactionFacts(graph), procedures, profile).compile(query);
        PlanRun run = new PlanRun(
                columns, compiled.plan(), writes, new Execution(compiled.plan(), graph, parameters, environment));
        while (run.next() != null) {
            environment.checkTermination();
        }
        PlanDescription description = PlanDescription.of(compiled.logical());
        MapValue tree = PlanTree.of(description, profile);
        return TableRun.ofPlan(PROFILE_COLUMNS, PlanTree.rows(description, profile), tree, true, run.counters());
    }

    private Planned plannedFor(GraphTransaction graph) {
        Planned planned = current;
        TransactionFacts facts = new TransactionFacts(graph);
        if (!Assumptions.hold(planned.assumptions, facts)) {
            planned = planned(facts);
            current = planned;
        }
        return planned;
    }

    private Planned planned(PlanFacts facts) {
        Assumptions assumptions = new Assumptions(facts);
        PlanCompiler.Compiled compiled = new PlanCompiler(assumptions, procedures, PlanProbe.NONE).compile(query);
        return new Planned(compiled.logical(), compiled.plan(), compiled.columns(), assumptions.answers());
    }
}
