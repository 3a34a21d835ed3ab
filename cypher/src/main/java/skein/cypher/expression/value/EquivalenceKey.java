package skein.cypher.expression.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathReference;
import skein.graph.Value.PathValue;
import skein.graph.Value.PointValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;

/**
 * One or more values as DISTINCT, grouping and UNION tell them apart; made for hash tables. Null is equivalent to null,
 * NaN to NaN, 1 to 1.0 and 0.0 to -0.0, at any depth of lists and maps.
 */
public final class EquivalenceKey {
    private final Value[] canonical;
    private final int hash;

    private EquivalenceKey(Value[] canonical) {
        this.canonical = canonical;
        this.hash = Arrays.hashCode(canonical);
    }

    public static EquivalenceKey of(Value value) {
        return new EquivalenceKey(new Value[] {canonical(value)});
    }

    /** The key of several values at once; the array is not kept. */
    public static EquivalenceKey of(Value[] values) {
        Value[] canonical = new Value[values.length];
        for (int i = 0; i < values.length; i++) {
            canonical[i] = canonical(values[i]);
        }
        return new EquivalenceKey(canonical);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EquivalenceKey key && hash == key.hash && Arrays.equals(canonical, key.canonical);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(canonical);
    }

    /** The one representative of all values equivalent to this one, for which plain {@code equals} is equivalence. */
    private static Value canonical(Value value) {
        return switch (value) {
            case FloatValue number -> canonical(number);
            case ListValue list -> list(list);
            case MapValue map -> map(map);
            case PointValue(int srid, double x, double y, double z) -> new PointValue(srid, x + 0.0, y + 0.0, z + 0.0);
            case NodeValue node -> new NodeReference(node.id());
            case RelationshipValue relationship -> new RelationshipReference(relationship.id());
            case PathValue path -> new PathReference(Entities.nodeIds(path), Entities.relationshipIds(path));
            case Value.Entity reference -> reference;
            case Value.Scalar scalar -> scalar;
            case Value.NullValue nothing -> nothing;
        };
    }

    private static Value canonical(FloatValue number) {
        return Numbers.isExactInteger(number.value()) ? Value.of((long) number.value()) : number;
    }

    @SuppressWarnings("ReferenceEquality") // only a value that was replaced is another object
    private static Value list(ListValue list) {
        List<Value> canonical = new ArrayList<>(list.values().size());
        boolean changed = false;
        for (Value element : list.values()) {
            Value representative = canonical(element);
            changed |= representative != element;
            canonical.add(representative);
        }
        return changed ? Value.of(canonical) : list;
    }

    @SuppressWarnings("ReferenceEquality") // only a value that was replaced is another object
    private static Value map(MapValue map) {
        Map<String, Value> canonical = new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            Value representative = canonical(entry.getValue());
            changed |= representative != entry.getValue();
            canonical.put(entry.getKey(), representative);
        }
        return changed ? new MapValue(canonical) : map;
    }
}
