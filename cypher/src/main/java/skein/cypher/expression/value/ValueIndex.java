package skein.cypher.expression.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;
import skein.graph.Value.StringValue;

/** Values numbered from 0 in the order they came, equivalent ones being one. As lean as {@link DistinctValues}. */
public final class ValueIndex {
    private static final int CAPACITY_MIN = 16;

    private final Ids nodes = new Ids();
    private final Ids relationships = new Ids();
    private final Ids integers = new Ids();
    private final Map<String, Integer> strings = new HashMap<>();
    private final Map<EquivalenceKey, Integer> others = new HashMap<>();
    private int size;

    /** Of one kind; what they are numbered with among themselves leads to their number among all. */
    private static final class Ids {
        private final LongIndex index = new LongIndex();
        private int[] numbers = new int[CAPACITY_MIN];
    }

    public int size() {
        return size;
    }

    /** The number of a value; it is new if that is what {@link #size} was before. */
    public int add(Value value) {
        return switch (value) {
            case NodeReference(long id) -> add(nodes, id);
            case NodeValue node -> add(nodes, node.id());
            case RelationshipReference(long id) -> add(relationships, id);
            case RelationshipValue relationship -> add(relationships, relationship.id());
            case IntegerValue(long number) -> add(integers, number);
            case StringValue(String text) -> add(strings, text);
            case FloatValue(double number) when Numbers.isExactInteger(number) -> add(integers, (long) number);
            default -> add(others, EquivalenceKey.of(value));
        };
    }

    private int add(Ids ids, long key) {
        int before = ids.index.size();
        int place = ids.index.add(key);
        if (place == before) {
            if (place == ids.numbers.length) {
                ids.numbers = Arrays.copyOf(ids.numbers, 2 * place);
            }
            ids.numbers[place] = size++;
        }
        return ids.numbers[place];
    }

    private <K> int add(Map<K, Integer> table, K key) {
        Integer known = table.get(key);
        if (known != null) {
            return known;
        }
        table.put(key, size);
        return size++;
    }
}
