package skein.tck;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;

/**
 * Values as one text each, such that two values are the same to the TCK exactly when their texts are equal. Integers
 * and floats differ, temporal values are their ISO text as a string, labels and map keys are sorted, ids do not count.
 */
final class CanonicalText {
    private final boolean listsAreBags;

    /** @param listsAreBags the order of a list's elements does not count, at any depth */
    CanonicalText(boolean listsAreBags) {
        this.listsAreBags = listsAreBags;
    }

    String of(Value value) {
        return switch (value) {
            case Value.NullValue nothing -> "null";
            case Value.BooleanValue truth -> Boolean.toString(truth.value());
            case Value.IntegerValue whole -> Long.toString(whole.value());
            // zero has one text: the TCK does not tell a negative zero from a positive one
            case Value.FloatValue number -> Double.toString(number.value() == 0 ? 0.0 : number.value());
            case Value.StringValue text -> quoted(text.value());
            case Value.ListValue list -> ofList(list.values());
            case MapValue map -> ofMap(map.entries());
            case NodeValue node -> ofNode(node);
            case RelationshipValue relationship -> ofRelationship(relationship);
            case PathValue path -> ofPath(path);
            case Value.DateValue date -> quoted(date.value().toString());
            case Value.TimeValue time -> quoted(time.value().toString());
            case Value.LocalTimeValue time -> quoted(time.value().toString());
            case Value.DateTimeValue time -> quoted(time.value().toString());
            case Value.LocalDateTimeValue time -> quoted(time.value().toString());
            case DurationValue duration -> quoted(ofDuration(duration));
            // the TCK has none of these: no text that it could expect
            case Value.PointValue point -> point.toString();
            case Value.BytesValue bytes -> "bytes " + Arrays.toString(bytes.value());
            case Value.NodeReference reference -> reference + " left the runtime";
            case Value.RelationshipReference reference -> reference + " left the runtime";
            case Value.PathReference reference -> reference + " left the runtime";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private String ofList(List<Value> elements) {
        var texts = elements.stream().map(this::of);
        return (listsAreBags ? texts.sorted() : texts).collect(Collectors.joining(", ", "[", "]"));
    }

    private String ofMap(Map<String, Value> entries) {
        return new TreeMap<>(entries)
                .entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private String ofNode(NodeValue node) {
        String labels =
                node.labels().stream().sorted().map(label -> ":" + label).collect(Collectors.joining());
        return "(" + labels + " " + of(node.properties()) + ")";
    }

    private String ofRelationship(RelationshipValue relationship) {
        return "[:" + relationship.type() + " " + of(relationship.properties()) + "]";
    }

    private String ofPath(PathValue path) {
        StringBuilder text = new StringBuilder("<").append(of(path.nodes().getFirst()));
        for (int i = 0; i < path.relationships().size(); i++) {
            RelationshipValue relationship = path.relationships().get(i);
            NodeValue next = path.nodes().get(i + 1);
            boolean forward = relationship.startId() == path.nodes().get(i).id() && relationship.endId() == next.id();
            String shown = of(relationship);
            text.append(forward ? "-" + shown + "->" : "<-" + shown + "-").append(of(next));
        }
        return text.append('>').toString();
    }

    /** ISO 8601 as openCypher prints it: years and months, days, then the seconds as hours, minutes, seconds. */
    private static String ofDuration(DurationValue duration) {
        StringBuilder text = new StringBuilder("P");
        append(text, duration.months() / 12, "Y");
        append(text, duration.months() % 12, "M");
        append(text, duration.days(), "D");
        String time = ofTime(duration.seconds(), duration.nanos());
        if (!time.isEmpty()) {
            text.append('T').append(time);
        }
        return text.length() == 1 ? "PT0S" : text.toString();
    }

    private static String ofTime(long seconds, int nanos) {
        // nanos always count upwards; below zero one second is lent to show both with one sign
        boolean lend = seconds < 0 && nanos > 0;
        long whole = lend ? seconds + 1 : seconds;
        long fraction = lend ? 1_000_000_000L - nanos : nanos;
        StringBuilder text = new StringBuilder();
        append(text, whole / 3600, "H");
        append(text, whole / 60 % 60, "M");
        long rest = whole % 60;
        if (fraction == 0) {
            append(text, rest, "S");
        } else {
            String digits = "%09d".formatted(fraction).replaceFirst("0+$", "");
            text.append(lend && rest == 0 ? "-" : "")
                    .append(rest)
                    .append('.')
                    .append(digits)
                    .append('S');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}
