package skein.cypher.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.function.PointBoxes;
import skein.cypher.expression.value.TypeName;
import skein.cypher.plan.IndexCondition;
import skein.cypher.syntax.Expression;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.StringValue;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyCondition;
import skein.storage.api.PropertyCondition.Bound;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Turns conditions of a plan into conditions on values, and asks the graph for what meets them. */
final class IndexLookup {
    private final List<String> keys;

    /** For each key the conditions to try one after the other: none when nothing can match. */
    private final List<Function<Execution, List<PropertyCondition>>> conditions;

    IndexLookup(List<IndexCondition> conditions, Function<Expression, Evaluator> compile) {
        this.keys = conditions.stream().map(IndexCondition::key).toList();
        this.conditions = conditions.stream()
                .map(condition -> compiled(condition, compile))
                .toList();
    }

    /** Asks for entities that meet conditions. */
    @FunctionalInterface
    private interface Seek {
        EntityCursor find(int[] keys, List<PropertyCondition> conditions);
    }

    EntityScanOperator.Source nodes(String label) {
        return run -> {
            int token = run.transaction.tokenOf(NameKind.LABEL, label);
            return find(run, (keyTokens, wanted) -> run.transaction.nodesWhere(token, keyTokens, wanted));
        };
    }

    EntityScanOperator.Source relationships(String type) {
        return run -> {
            int token = run.transaction.tokenOf(NameKind.RELATIONSHIP_TYPE, type);
            return find(run, (keyTokens, wanted) -> run.transaction.relationshipsWhere(token, keyTokens, wanted));
        };
    }

    private EntityCursor find(Execution run, Seek seek) {
        int[] tokens = keys.stream()
                .mapToInt(key -> run.transaction.tokenOf(NameKind.PROPERTY_KEY, key))
                .toArray();
        List<List<PropertyCondition>> combinations = List.of(List.of());
        for (Function<Execution, List<PropertyCondition>> condition : conditions) {
            List<PropertyCondition> alternatives = condition.apply(run);
            List<List<PropertyCondition>> longer = new ArrayList<>();
            for (List<PropertyCondition> begun : combinations) {
                for (PropertyCondition next : alternatives) {
                    List<PropertyCondition> combined = new ArrayList<>(begun);
                    combined.add(next);
                    longer.add(combined);
                }
            }
            combinations = longer;
        }
        return combinations.size() == 1
                ? seek.find(tokens, combinations.getFirst())
                : EntitySources.union(combinations.stream()
                        .map(wanted -> seek.find(tokens, wanted))
                        .iterator());
    }

    private static Function<Execution, List<PropertyCondition>> compiled(
            IndexCondition condition, Function<Expression, Evaluator> compile) {
        return switch (condition) {
            case IndexCondition.Equal equal -> {
                Evaluator value = compile.apply(equal.value());
                yield run -> equal(run.evaluate(value));
            }
            case IndexCondition.OneOf oneOf -> {
                Evaluator list = compile.apply(oneOf.list());
                yield run -> elements(run.evaluate(list));
            }
            case IndexCondition.Between range -> between(range, compile);
            case IndexCondition.StartsWith start -> {
                Evaluator prefix = compile.apply(start.prefix());
                yield run -> run.evaluate(prefix) instanceof StringValue(String text)
                        ? List.of(new PropertyCondition.StartsWith(text))
                        : List.of();
            }
            case IndexCondition.Present present -> run -> List.of(new PropertyCondition.Present());
            case IndexCondition.InBox box -> {
                Evaluator lower = compile.apply(box.lower());
                Evaluator upper = compile.apply(box.upper());
                yield run -> PointBoxes.within(run.evaluate(lower), run.evaluate(upper));
            }
            case IndexCondition.Near near -> {
                Evaluator center = compile.apply(near.center());
                Evaluator distance = compile.apply(near.distance());
                yield run -> PointBoxes.around(run.evaluate(center), run.evaluate(distance));
            }
        };
    }

    private static List<PropertyCondition> equal(Value value) {
        return value.isNull() ? List.of() : List.of(new PropertyCondition.Equal(value));
    }

    private static List<PropertyCondition> elements(Value value) {
        if (value.isNull()) {
            return List.of();
        }
        if (!(value instanceof ListValue list)) {
            throw new SkeinException(
                    ErrorCode.TYPE_ERROR,
                    "IN needs a list on its right side but got " + TypeName.withArticle(value)
                            + " [InvalidArgumentType].");
        }
        return list.values().stream()
                .filter(element -> !element.isNull())
                .<PropertyCondition>map(PropertyCondition.Equal::new)
                .toList();
    }

    private static Function<Execution, List<PropertyCondition>> between(
            IndexCondition.Between range, Function<Expression, Evaluator> compile) {
        Optional<Evaluator> lower = range.lower().map(limit -> compile.apply(limit.value()));
        Optional<Evaluator> upper = range.upper().map(limit -> compile.apply(limit.value()));
        boolean fromLower = range.lower().map(IndexCondition.Limit::inclusive).orElse(false);
        boolean toUpper = range.upper().map(IndexCondition.Limit::inclusive).orElse(false);
        return run -> List.of(new PropertyCondition.Between(
                lower.map(value -> new Bound(run.evaluate(value), fromLower)),
                upper.map(value -> new Bound(run.evaluate(value), toUpper))));
    }
}
