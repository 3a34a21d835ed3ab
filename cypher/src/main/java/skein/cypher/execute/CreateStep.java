package skein.cypher.execute;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.TypeName;
import skein.cypher.plan.LogicalPlan.Creation;
import skein.cypher.plan.LogicalPlan.Creation.NewNode;
import skein.cypher.plan.LogicalPlan.Creation.NewRelationship;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.NameKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Makes the nodes and relationships of CREATE, in the order written. */
final class CreateStep implements RowOperator.Step {
    private final List<Element> elements;

    /** @param properties evaluates to a map; null when there are none */
    record Element(Creation creation, @Nullable Evaluator properties) {}

    CreateStep(List<Element> elements) {
        this.elements = List.copyOf(elements);
    }

    @Override
    public void perform(Execution run) {
        for (Element element : elements) {
            Map<String, Value> properties = properties(run, element.properties());
            Value created = switch (element.creation()) {
                case NewNode node -> createNode(run, node);
                case NewRelationship relationship -> createRelationship(run, relationship);
            };
            properties.forEach((key, value) -> {
                if (!value.isNull()) {
                    EntityWriter.setProperty(run, created, key, value);
                }
            });
            run.frame[element.creation().column().slot()] = created;
        }
    }

    private static Map<String, Value> properties(Execution run, @Nullable Evaluator properties) {
        if (properties == null) {
            return Map.of();
        }
        return switch (run.evaluate(properties)) {
            case MapValue map -> map.entries();
            case Value.NullValue nothing -> Map.of();
            default ->
                throw new SkeinException(
                        ErrorCode.TYPE_ERROR,
                        "The properties of a new node or relationship must be a map [InvalidArgumentType]. Pass a map"
                                + " as the parameter.");
        };
    }

    private static Value createNode(Execution run, NewNode node) {
        int[] labels = node.labels().stream()
                .mapToInt(label -> run.transaction.tokenFor(NameKind.LABEL, label))
                .toArray();
        NodeReference created = new NodeReference(run.transaction.createNode(labels));
        run.counters.nodesCreated++;
        run.counters.labelsAdded += labels.length;
        return created;
    }

    private static Value createRelationship(Execution run, NewRelationship relationship) {
        long start = end(run, relationship, relationship.start().slot());
        long end = end(run, relationship, relationship.end().slot());
        int type = run.transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, relationship.type());
        RelationshipReference created = new RelationshipReference(run.transaction.createRelationship(type, start, end));
        run.counters.relationshipsCreated++;
        return created;
    }

    private static long end(Execution run, NewRelationship relationship, int slot) {
        if (run.frame[slot] instanceof NodeReference node) {
            return node.id();
        }
        throw new SkeinException(
                ErrorCode.SEMANTIC_ERROR,
                "A relationship of type %s cannot be created because one of its ends is %s instead of a node. Filter"
                                .formatted(relationship.type(), TypeName.withArticle(run.frame[slot]))
                        + " such rows out before, for example with WHERE n IS NOT NULL.");
    }
}
