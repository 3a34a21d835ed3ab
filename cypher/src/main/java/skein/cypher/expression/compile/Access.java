package skein.cypher.expression.compile;

import org.jspecify.annotations.Nullable;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.NameTable;
import skein.cypher.expression.entity.EntityReads;
import skein.cypher.expression.operator.Lists;
import skein.cypher.expression.value.Entities;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.cypher.syntax.Expression;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.StringValue;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;

/** Evaluators that reach into a value: properties, labels, elements and slices. */
final class Access {
    private Access() {}

    static Evaluator property(Expression.PropertyAccess access, ExpressionCompiler compiler) {
        Evaluator subject = compiler.compile(access.subject());
        PropertyReader reader =
                new PropertyReader(access.key(), compiler.slots().names());
        return Constant.fold((row, context) -> reader.read(subject.evaluate(row, context), context), subject);
    }

    static Evaluator labels(Expression.LabelPredicate predicate, ExpressionCompiler compiler) {
        Evaluator subject = compiler.compile(predicate.subject());
        NameTable names = compiler.slots().names();
        int[] labels = predicate.labels().stream()
                .mapToInt(label -> names.numberOf(NameKind.LABEL, label))
                .toArray();
        return (row, context) -> {
            Value value = subject.evaluate(row, context);
            if (value.isNull()) {
                return Value.NULL;
            }
            if (Entities.isNode(value)) {
                return Value.of(hasLabels(Entities.nodeId(value), labels, context));
            }
            if (Entities.isRelationship(value)) {
                String type = EntityReads.type(context.transaction(), value);
                return Value.of(predicate.labels().stream().allMatch(type::equals));
            }
            throw Failure.type(
                    "InvalidArgumentType",
                    "Only nodes and relationships have labels, not " + TypeName.withArticle(value) + ".");
        };
    }

    private static boolean hasLabels(long node, int[] labels, EvaluationContext context) {
        for (int label : labels) {
            if (!EntityReads.hasLabel(
                    context.transaction(), node, context.tokens().token(label))) {
                return false;
            }
        }
        return true;
    }

    static Evaluator element(Expression.ElementAccess access, ExpressionCompiler compiler) {
        Evaluator subject = compiler.compile(access.subject());
        Evaluator index = compiler.compile(access.index());
        return Constant.fold(
                (row, context) -> element(subject.evaluate(row, context), index.evaluate(row, context), context),
                subject,
                index);
    }

    private static Value element(Value subject, Value index, EvaluationContext context) {
        if (subject.isNull()) {
            return Value.NULL;
        }
        if (subject instanceof ListValue list) {
            return Lists.element(list, index);
        }
        if (!(subject instanceof Value.MapValue) && !Entities.isNode(subject) && !Entities.isRelationship(subject)) {
            throw Failure.type(
                    "InvalidArgumentType",
                    "Only lists, maps, nodes and relationships have elements, not " + TypeName.withArticle(subject)
                            + ".");
        }
        if (index.isNull()) {
            return Value.NULL;
        }
        if (index instanceof StringValue(String key)) {
            return property(subject, key, context);
        }
        throw Failure.type(
                "MapElementAccessByNonString",
                "The key of " + TypeName.withArticle(subject) + " must be a String but is "
                        + TypeName.withArticle(index) + ".");
    }

    private static Value property(Value subject, String key, EvaluationContext context) {
        return switch (subject) {
            case NodeReference(long id) -> {
                GraphReads graph = context.transaction();
                yield EntityReads.nodeProperty(graph, id, graph.tokenOf(NameKind.PROPERTY_KEY, key));
            }
            case RelationshipReference(long id) -> {
                GraphReads graph = context.transaction();
                yield EntityReads.relationshipProperty(graph, id, graph.tokenOf(NameKind.PROPERTY_KEY, key));
            }
            default -> PropertyReader.readByName(subject, key);
        };
    }

    static Evaluator slice(Expression.Slice slice, ExpressionCompiler compiler) {
        Evaluator subject = compiler.compile(slice.subject());
        @Nullable Evaluator from = slice.from().map(compiler::compile).orElse(null);
        @Nullable Evaluator to = slice.to().map(compiler::compile).orElse(null);
        Value start = Value.of(0L);
        Value end = Value.of(Long.MAX_VALUE);
        return (row, context) -> Lists.slice(
                subject.evaluate(row, context),
                from == null ? start : from.evaluate(row, context),
                to == null ? end : to.evaluate(row, context));
    }
}
