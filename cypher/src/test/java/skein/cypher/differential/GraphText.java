package skein.cypher.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.ListValue;
import skein.naive.NaiveGraph;

/** A graph as the CREATE that makes it. */
final class GraphText {
    private GraphText() {}

    static String of(NaiveGraph graph) {
        List<String> parts = new ArrayList<>();
        graph.nodes()
                .forEach((id, node) -> parts.add("(n" + id
                        + node.labels().stream().map(label -> ":" + label).collect(Collectors.joining())
                        + properties(node.properties()) + ")"));
        graph.relationships()
                .forEach((id, r) -> parts.add(
                        "(n" + r.start() + ")-[:" + r.type() + properties(r.properties()) + "]->(n" + r.end() + ")"));
        return parts.isEmpty() ? "RETURN 1" : "CREATE " + String.join(", ", parts);
    }

    private static String properties(Map<String, Value> properties) {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                .collect(Collectors.joining(", ", " {", "}"));
    }

    static String text(Value value) {
        return switch (value) {
            case Value.StringValue(String text) ->
                "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case Value.DateValue(var date) -> "date('" + date + "')";
            case Value.BooleanValue(boolean condition) -> Boolean.toString(condition);
            case Value.IntegerValue(long number) -> Long.toString(number);
            case FloatValue(double number) when Double.isNaN(number) -> "(0.0 / 0.0)";
            case FloatValue(double number)
            when Double.isInfinite(number) -> number > 0 ? "(1.0 / 0.0)" : "(-1.0 / 0.0)";
            case FloatValue(double number) -> Double.toString(number);
            case ListValue list ->
                list.values().stream().map(GraphText::text).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }
}
