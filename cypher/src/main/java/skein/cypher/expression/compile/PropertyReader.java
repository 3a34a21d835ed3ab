package skein.cypher.expression.compile;

import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.NameTable;
import skein.cypher.expression.entity.EntityReads;
import skein.cypher.expression.temporal.TemporalAccess;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.PointAccess;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;
import skein.storage.api.NameKind;

/** Reads one key of anything that has keys: entities, maps, temporal values and points. */
final class PropertyReader {
    private final String key;
    private final int keyNumber;

    PropertyReader(String key, NameTable names) {
        this.key = key;
        this.keyNumber = names.numberOf(NameKind.PROPERTY_KEY, key);
    }

    Value read(Value subject, EvaluationContext context) {
        if (subject instanceof NodeReference(long id)) {
            return EntityReads.nodeProperty(
                    context.transaction(), id, context.tokens().token(keyNumber));
        }
        if (subject instanceof RelationshipReference(long id)) {
            return EntityReads.relationshipProperty(
                    context.transaction(), id, context.tokens().token(keyNumber));
        }
        return readByName(subject, key);
    }

    /** For subjects whose content is at hand. */
    static Value readByName(Value subject, String key) {
        return switch (subject) {
            case Value.NullValue nothing -> nothing;
            case MapValue map -> map.get(key);
            case NodeValue node -> node.properties().get(key);
            case RelationshipValue relationship -> relationship.properties().get(key);
            case Value.PointValue point -> PointAccess.component(point, key);
            default -> {
                if (TemporalAccess.hasComponents(subject)) {
                    yield TemporalAccess.component(subject, key);
                }
                throw Failure.type(
                        "InvalidArgumentType",
                        TypeName.withArticle(subject) + " has no property '" + key
                                + "': only nodes, relationships, maps, points, dates, times and durations have"
                                + " properties.");
            }
        };
    }
}
