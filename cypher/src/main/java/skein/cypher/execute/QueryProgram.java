package skein.cypher.execute;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import skein.cypher.plan.Assumptions;
import skein.cypher.plan.PlanDescription;
import skein.cypher.plan.PlanFacts;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.syntax.Query;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.storage.api.GraphTransaction;

/**
 * A query that has been checked, with the plan last made for it. Thread-safe: a plan is used as long as the facts it
 * was made with hold; two runs that find it outdated make the same new one.
 */
public final class QueryProgram {
    /** What EXPLAIN answers. */
    public static final List<String> EXPLAIN_COLUMNS = List.of("QUERY PLAN");

    /** What PROFILE answers. */
    public static final List<String> PROFILE_COLUMNS =
            List.of("OPERATOR", "ACTUAL HITS", "RELATIVE TIME", "ABSOLUTE TIME", "ACTUAL ROWS", "ESTIMATED ROWS");

    private final Query query;
    private final ProcedureRegistry procedures;
    private final boolean writes;
    private final OptionalInt hopsLimit;
    private final List<String> columns;
    private volatile Planned current;

    private record Planned(CompiledPlan plan, List<String> columns, Map<Assumptions.Fact, Object> assumptions) {}

    /** Plans the query for an empty graph: whatever is wrong with it at all is found here. */
    public QueryProgram(Query query, ProcedureRegistry procedures, boolean writes) {
        this(query, procedures, writes, OptionalInt.empty());
    }

    /** @param hopsLimit how many relationships a run may look at, if that is limited */
    public QueryProgram(Query query, ProcedureRegistry procedures, boolean writes, OptionalInt hopsLimit) {
        this.query = query;
        this.procedures = procedures;
        this.writes = writes;
        this.hopsLimit = hopsLimit;
        this.current = planned(PlanFacts.ofEmptyGraph());
        this.columns = current.columns;
    }

    /** Names of the result's columns; empty when there is no result. */
    public List<String> columns() {
        return columns;
    }

    public RunningQuery start(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment) {
        CompiledPlan plan = plannedFor(graph).plan;
        return new PlanRun(columns, plan, writes, execution(plan, graph, parameters, environment));
    }

    private Execution execution(
            CompiledPlan plan, GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment) {
        Execution execution = new Execution(plan, graph, parameters, environment);
        hopsLimit.ifPresent(execution::limitHops);
        return execution;
    }

    /** The plan as rows and as a tree; nothing runs. */
    public RunningQuery explain(GraphTransaction graph) {
        PlanCompiler.Compiled compiled =
                new PlanCompiler(new TransactionFacts(graph), procedures, PlanProbe.NONE).compile(query);
        PlanDescription description = PlanDescription.of(compiled.logical(), compiled.estimates());
        List<Value[]> rows = description.lines().stream()
                .map(line -> new Value[] {Value.of(line.text() + PlanTree.estimate(line))})
                .toList();
        return TableRun.ofPlan(EXPLAIN_COLUMNS, rows, PlanTree.of(description, null), false, QueryCounters.NONE);
    }

    /** Runs the query to its end and answers what each operator did instead of the rows. */
    public RunningQuery profile(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment) {
        Profile profile = new Profile();
        PlanCompiler.Compiled compiled =
                new PlanCompiler(new TransactionFacts(graph), procedures, profile).compile(query);
        PlanRun run = new PlanRun(
                columns, compiled.plan(), writes, execution(compiled.plan(), graph, parameters, environment));
        while (run.next() != null) {
            environment.checkTermination();
        }
        PlanDescription description = PlanDescription.of(compiled.logical(), compiled.estimates());
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
        return new Planned(compiled.plan(), compiled.columns(), assumptions.answers());
    }
}
