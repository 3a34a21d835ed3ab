package skein.cypher.expression.compile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.entity.EntityReads;
import skein.cypher.expression.value.Entities;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.MapEntry;
import skein.cypher.syntax.Expression.MapProjectionItem;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;

/** Evaluators that build lists and maps. */
final class Composites {
    private Composites() {}

    static Evaluator list(List<Evaluator> items) {
        Evaluator[] evaluators = items.toArray(new Evaluator[0]);
        return Constant.fold(
                (row, context) -> {
                    Value[] values = new Value[evaluators.length];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = evaluators[i].evaluate(row, context);
                    }
                    return new ListValue(List.of(values));
                },
                evaluators);
    }

    static Evaluator map(Expression.MapLiteral literal, ExpressionCompiler compiler) {
        String[] keys = literal.entries().stream().map(MapEntry::key).toArray(String[]::new);
        Evaluator[] values = literal.entries().stream()
                .map(entry -> compiler.compile(entry.value()))
                .toArray(Evaluator[]::new);
        return Constant.fold(
                (row, context) -> {
                    Map<String, Value> entries = new LinkedHashMap<>();
                    for (int i = 0; i < keys.length; i++) {
                        entries.put(keys[i], values[i].evaluate(row, context));
                    }
                    return new MapValue(entries);
                },
                values);
    }

    /** Adds entries to a map that is being projected. */
    private interface Projector {
        void project(Value subject, Map<String, Value> into, Value[] row, EvaluationContext context);
    }

    static Evaluator projection(Expression.MapProjection projection, ExpressionCompiler compiler) {
        Evaluator subject = compiler.compile(projection.subject());
        List<Projector> projectors = projection.items().stream()
                .map(item -> projector(item, compiler))
                .toList();
        return (row, context) -> {
            Value value = subject.evaluate(row, context);
            if (value.isNull()) {
                return Value.NULL;
            }
            Map<String, Value> entries = new LinkedHashMap<>();
            projectors.forEach(projector -> projector.project(value, entries, row, context));
            return new MapValue(entries);
        };
    }

    private static Projector projector(MapProjectionItem item, ExpressionCompiler compiler) {
        return switch (item) {
            case MapProjectionItem.Property(String key) -> {
                PropertyReader reader = new PropertyReader(key, compiler.slots().names());
                yield (subject, into, row, context) -> into.put(key, reader.read(subject, context));
            }
            case MapProjectionItem.AllProperties() ->
                (subject, into, row, context) -> into.putAll(properties(subject, context));
            case MapProjectionItem.Entry(String key, Expression value) -> {
                Evaluator evaluator = compiler.compile(value);
                yield (subject, into, row, context) -> into.put(key, evaluator.evaluate(row, context));
            }
        };
    }

    private static Map<String, Value> properties(Value subject, EvaluationContext context) {
        if (subject instanceof MapValue map) {
            return map.entries();
        }
        if (Entities.isNode(subject) || Entities.isRelationship(subject)) {
            return EntityReads.properties(context.transaction(), subject).entries();
        }
        throw Failure.type(
                "InvalidArgumentType",
                "Only a Node, a Relationship or a Map can be projected, not " + TypeName.withArticle(subject) + ".");
    }
}
