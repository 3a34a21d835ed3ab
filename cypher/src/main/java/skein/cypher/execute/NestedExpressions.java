package skein.cypher.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.plan.LogicalPlan.Expand;
import skein.cypher.plan.LogicalPlan.Once;
import skein.cypher.plan.QueryPlanner;
import skein.cypher.plan.QueryPlanner.Planned;
import skein.cypher.plan.Scope;
import skein.cypher.plan.ScopedExpression;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.CollectSubquery;
import skein.cypher.syntax.Expression.CountSubquery;
import skein.cypher.syntax.Expression.ExistsSubquery;
import skein.cypher.syntax.Expression.PatternComprehension;
import skein.cypher.syntax.Expression.PatternPredicate;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.vocabulary.Invariant;

/** Compiles the expressions that contain a pattern or a query: each runs a plan of its own over the same row. */
final class NestedExpressions {
    /** How many elements of a list between two accounts of its memory; a power of two. */
    private static final int ELEMENTS_PER_CHECK = 1 << 10;

    private final PlanCompiler compiler;
    private final QueryPlanner planner;
    private final Scope scope;

    NestedExpressions(PlanCompiler compiler, QueryPlanner planner, Scope scope) {
        this.compiler = compiler;
        this.planner = planner;
        this.scope = scope;
    }

    Evaluator compile(Expression expression) {
        return switch (expression) {
            case PatternPredicate predicate -> exists(planner.planNested(predicate.pattern(), Optional.empty(), scope));
            case PatternComprehension comprehension -> comprehension(comprehension);
            case ExistsSubquery exists -> exists(planner.planNested(exists.query(), scope));
            case CountSubquery count -> count(planner.planNested(count.query(), scope));
            case CollectSubquery collected -> collected(planner.planNested(collected.query(), scope));
            default -> throw new IllegalArgumentException("no pattern in " + expression);
        };
    }

    private Evaluator exists(Planned planned) {
        Operator plan = compiler.compile(planned.plan());
        return (row, context) -> Value.of(open(plan, row, (Execution) context).next());
    }

    private Evaluator count(Planned planned) {
        if (planned.plan() instanceof Expand walk && isDegree(walk)) {
            return degree(walk);
        }
        Operator plan = compiler.compile(planned.plan());
        return (row, context) -> {
            Cursor rows = open(plan, row, (Execution) context);
            long count = 0;
            while (rows.next()) {
                count++;
            }
            return Value.of(count);
        };
    }

    /** Whether as many rows come out as a node has relationships. */
    private static boolean isDegree(Expand walk) {
        return walk.input() instanceof Once
                && !walk.into()
                && walk.uniqueAmong().isEmpty();
    }

    private static Evaluator degree(Expand walk) {
        int slot = walk.from().slot();
        return (row, context) -> {
            if (!(row[slot] instanceof NodeReference node)) {
                return Value.of(0);
            }
            Execution run = (Execution) context;
            int @Nullable [] types = new TypeTokens(walk.steps().types(), run).now();
            return Value.of(
                    types == null
                            ? 0
                            : run.transaction.degree(node.id(), walk.steps().direction(), types));
        };
    }

    private Evaluator comprehension(PatternComprehension comprehension) {
        Planned planned = planner.planNested(comprehension.pattern(), comprehension.where(), scope);
        return list(planned, compiler.compile(new ScopedExpression(comprehension.projection(), planned.scope())));
    }

    /** The semantic check has made sure that there is one column. */
    private Evaluator collected(Planned planned) {
        int slot = planned.columns().getFirst().slot();
        return list(planned, (row, context) -> row[slot]);
    }

    private Evaluator list(Planned planned, Evaluator projection) {
        Operator plan = compiler.compile(planned.plan());
        return (row, context) -> {
            Cursor rows = open(plan, row, (Execution) context);
            List<Value> values = new ArrayList<>();
            while (rows.next()) {
                values.add(projection.evaluate(row, context));
                if ((values.size() & (ELEMENTS_PER_CHECK - 1)) == 0) {
                    context.reserveForElements(values.size(), ELEMENTS_PER_CHECK);
                }
            }
            return new ListValue(values);
        };
    }

    @SuppressWarnings("ReferenceEquality") // the very row, not one like it
    private static Cursor open(Operator plan, Value[] row, Execution run) {
        Invariant.check(row == run.frame, "an expression with a pattern is evaluated over a row that is not the run's");
        return plan.open(run);
    }
}
