package skein.cypher.differential;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import skein.graph.Value;
import skein.graph.Value.DateValue;
import skein.naive.NaiveGraph;

/**
 * Small graphs. Keys say what is under them, if anything: {@code i} an integer of its own, {@code n} a small integer,
 * {@code f} a number, {@code s} a string, {@code b} a Boolean, {@code l} a list of integers, {@code d} a date,
 * {@code m} any of these, {@code g} a number at the edge of what a float or an integer can say.
 */
final class RandomGraphs {
    static final List<String> LABELS = List.of("A", "B", "C");
    static final List<String> TYPES = List.of("R", "S", "T");
    private static final int NODES_MAX = 5;
    private static final int RELATIONSHIPS_MAX = 8;

    private RandomGraphs() {}

    static NaiveGraph graph(Dice dice) {
        NaiveGraph graph = new NaiveGraph();
        int nodes = dice.percent(4) ? 0 : 1 + dice.below(NODES_MAX);
        int relationships = nodes == 0 ? 0 : dice.below(2) + dice.below(RELATIONSHIPS_MAX);
        for (int i = 0; i < nodes; i++) {
            Set<String> labels = new TreeSet<>();
            LABELS.stream().filter(label -> dice.percent(60)).forEach(labels::add);
            graph.addNode(i, labels, properties(dice, i));
        }
        for (int i = 0; i < relationships; i++) {
            graph.addRelationship(
                    i, dice.from(TYPES), dice.below(nodes), dice.below(nodes), properties(dice, i + 2 * NODES_MAX));
        }
        return graph;
    }

    private static Map<String, Value> properties(Dice dice, int id) {
        Map<String, Value> properties = new TreeMap<>();
        properties.put("i", Value.of(id));
        for (String key : List.of("n", "f", "s", "b", "l", "d", "m", "g")) {
            if (dice.percent(key.equals("n") ? 75 : 35)) {
                properties.put(key, value(dice, key));
            }
        }
        return properties;
    }

    static Value value(Dice dice, String key) {
        return switch (key) {
            case "n" -> Value.of(dice.below(5) - 1);
            case "f" ->
                Value.of(dice.oneOf(0.0, -0.0, 1.0, 2.5, -1.5, 1e10, 0.1, Double.NaN, Double.POSITIVE_INFINITY));
            case "s" -> Value.of(dice.oneOf("", "a", "ab", "B", "b ", "\u00c5", "\ud83d\ude00a", "1", "a'b", "-2.5"));
            case "b" -> Value.of(dice.percent(50));
            case "l" -> list(dice);
            case "d" -> new DateValue(LocalDate.of(2020 + dice.below(3), 1 + dice.below(2), 27 + dice.below(2)));
            case "g" ->
                dice.oneOf(
                        Value.of(Long.MAX_VALUE),
                        Value.of(Long.MIN_VALUE),
                        Value.of((1L << 53) + 1),
                        Value.of(1L << 53),
                        Value.of(0x1p53),
                        Value.of(0x1p63),
                        Value.of(Double.NaN),
                        Value.of(Double.NEGATIVE_INFINITY));
            default -> value(dice, dice.oneOf("n", "f", "s", "b", "l", "d", "g"));
        };
    }

    private static Value list(Dice dice) {
        int size = dice.below(4);
        Value[] values = new Value[size];
        for (int i = 0; i < size; i++) {
            values[i] = Value.of(dice.below(4));
        }
        return Value.of(List.of(values));
    }

    /** Parameters that every query may use. */
    static Map<String, Value> parameters(Dice dice) {
        Map<String, Value> parameters = new TreeMap<>();
        parameters.put("pn", dice.percent(10) ? Value.NULL : value(dice, "n"));
        parameters.put("pf", value(dice, "f"));
        parameters.put("ps", value(dice, "s"));
        parameters.put("pl", dice.percent(10) ? Value.NULL : value(dice, "l"));
        parameters.put("pm", value(dice, "m"));
        parameters.put("pg", value(dice, "g"));
        return parameters;
    }
}
