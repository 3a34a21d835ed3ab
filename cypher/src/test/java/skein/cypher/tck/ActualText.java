package skein.cypher.tck;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;

/** Writes result values in the spelling of {@link ExpectedText}. */
final class ActualText {
    private final boolean sortLists;
    private final Function<Value, String> temporalText;

    /** @param temporalText how the language itself turns temporal values into strings */
    ActualText(boolean sortLists, Function<Value, String> temporalText) {
        this.sortLists = sortLists;
        this.temporalText = temporalText;
    }

    String of(Value value) {
        return switch (value) {
            case Value.NullValue nothing -> "null";
            case Value.BooleanValue truth -> Boolean.toString(truth.value());
            case Value.IntegerValue whole -> Long.toString(whole.value());
            // adding zero makes the negative zero a positive one: the TCK does not tell them apart
            case Value.FloatValue number -> Double.toString(number.value() + 0.0);
            case Value.StringValue text -> ExpectedText.string(text.value());
            case Value.ListValue list ->
                ExpectedText.list(list.values().stream().map(this::of).toList(), sortLists);
            case MapValue map -> ExpectedText.map(entries(map));
            case NodeValue node -> ExpectedText.node(node.labels(), entries(node.properties()));
            case RelationshipValue relationship ->
                ExpectedText.relationship(relationship.type(), entries(relationship.properties()));
            case PathValue path -> path(path);
            case Value.NodeReference reference -> "node reference that left the runtime";
            case Value.RelationshipReference reference -> "relationship reference that left the runtime";
            case Value.PathReference reference -> "path reference that left the runtime";
            case Value.BytesValue bytes -> bytes.toString();
            case Value.PointValue point -> point.toString();
            case Value.Scalar temporal -> ExpectedText.string(temporalText.apply(temporal));
        };
    }

    private Map<String, String> entries(MapValue map) {
        Map<String, String> entries = new TreeMap<>();
        map.entries().forEach((key, value) -> entries.put(key, of(value)));
        return entries;
    }

    private String path(PathValue path) {
        StringBuilder text = new StringBuilder("<").append(of(path.nodes().getFirst()));
        for (int i = 0; i < path.relationships().size(); i++) {
            RelationshipValue relationship = path.relationships().get(i);
            boolean forwards = relationship.startId() == path.nodes().get(i).id()
                    && relationship.endId() == path.nodes().get(i + 1).id();
            text.append(forwards ? "-" : "<-").append(of(relationship)).append(forwards ? "->" : "-");
            text.append(of(path.nodes().get(i + 1)));
        }
        return text.append(">").toString();
    }
}
