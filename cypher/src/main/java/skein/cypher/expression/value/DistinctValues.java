package skein.cypher.expression.value;

import java.util.HashSet;
import java.util.Set;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;
import skein.graph.Value.StringValue;

/** Values, of equivalent ones the first. Entities and integers take no object, everything else does. */
public final class DistinctValues {
    private final LongIndex nodes = new LongIndex();
    private final LongIndex relationships = new LongIndex();
    private final LongIndex integers = new LongIndex();
    private final Set<String> strings = new HashSet<>();
    private final Set<EquivalenceKey> others = new HashSet<>();

    /** Answers false when an equivalent value was there. */
    public boolean add(Value value) {
        return switch (value) {
            case NodeReference(long id) -> add(nodes, id);
            case NodeValue node -> add(nodes, node.id());
            case RelationshipReference(long id) -> add(relationships, id);
            case RelationshipValue relationship -> add(relationships, relationship.id());
            case IntegerValue(long number) -> add(integers, number);
            case StringValue(String text) -> strings.add(text);
            case FloatValue(double number) when Numbers.isExactInteger(number) -> add(integers, (long) number);
            default -> others.add(EquivalenceKey.of(value));
        };
    }

    private static boolean add(LongIndex index, long key) {
        int before = index.size();
        return index.add(key) == before;
    }

    public void clear() {
        nodes.clear();
        relationships.clear();
        integers.clear();
        strings.clear();
        others.clear();
    }
}
