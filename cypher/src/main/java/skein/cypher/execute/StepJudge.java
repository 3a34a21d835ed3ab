package skein.cypher.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.TypeName;
import skein.cypher.plan.Column;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphReads;

/** The lambdas of a path expansion: which steps may be taken, and what a step weighs. */
final class StepJudge {
    private final List<Lambda> filters;
    private final @Nullable Lambda weight;

    /** @param variables relationship, node, path so far, weight so far: as many as are asked for */
    record Lambda(List<Column> variables, Evaluator body) {}

    StepJudge(List<Lambda> filters, @Nullable Lambda weight) {
        this.filters = List.copyOf(filters);
        this.weight = weight;
    }

    boolean judgesTotal() {
        return filters.stream().anyMatch(filter -> filter.variables.size() > 3);
    }

    boolean admits(Execution run, long relationship, long node, long origin, Supplier<long[]> walked, Value total) {
        for (Lambda filter : filters) {
            List<Column> variables = filter.variables;
            bind(run, variables, relationship, node);
            if (variables.size() > 2) {
                run.frame[variables.get(2).slot()] = path(run, origin, walked.get(), relationship);
            }
            if (variables.size() > 3) {
                run.frame[variables.get(3).slot()] = total;
            }
            if (!run.isTrue(filter.body)) {
                return false;
            }
        }
        return true;
    }

    private static void bind(Execution run, List<Column> variables, long relationship, long node) {
        run.frame[variables.getFirst().slot()] = new RelationshipReference(relationship);
        if (variables.size() > 1) {
            run.frame[variables.get(1).slot()] = new NodeReference(node);
        }
    }

    private static Value path(Execution run, long origin, long[] walked, long last) {
        List<Long> nodes = new ArrayList<>(List.of(origin));
        List<Long> relationships = new ArrayList<>();
        for (long relationship : walked) {
            walk(run.transaction, relationship, nodes, relationships);
        }
        walk(run.transaction, last, nodes, relationships);
        return new PathReference(nodes, relationships);
    }

    private static void walk(GraphReads graph, long relationship, List<Long> nodes, List<Long> relationships) {
        long start = graph.startOf(relationship);
        relationships.add(relationship);
        nodes.add(start == nodes.getLast() ? graph.endOf(relationship) : start);
    }

    /** A number from 0; whatever else the lambda answers is an error. */
    Value weight(Execution run, long relationship, long node) {
        Lambda lambda = weight;
        if (lambda == null) {
            return Value.NULL;
        }
        bind(run, lambda.variables, relationship, node);
        Value value = run.evaluate(lambda.body);
        if (!Numbers.isNumber(value) || Numbers.isNaN(value)) {
            throw Failure.type(
                    "InvalidArgumentType",
                    "The weight of a step must be a number, but for relationship " + relationship + " it is "
                            + TypeName.withArticle(value)
                            + ". Use coalesce(), or a filter that leaves such relationships out.");
        }
        if (Numbers.asDouble(value) < 0) {
            throw Failure.argument(
                    "NumberOutOfRange",
                    "The weight of a step must not be negative, but for relationship " + relationship + " it is "
                            + Numbers.asDouble(value) + ".");
        }
        return value;
    }
}
