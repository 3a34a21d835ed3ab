package skein.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.IsoDuration;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Relationship;

/**
 * Values as one text each, such that two values are the same to the TCK exactly when their texts are equal. Integers
 * and floats differ, temporal values are their ISO text as a string, labels and map keys are sorted.
 */
final class CanonicalText {
    private final boolean listsAreBags;

    /** @param listsAreBags the order of a list's elements does not count, at any depth */
    CanonicalText(boolean listsAreBags) {
        this.listsAreBags = listsAreBags;
    }

    /** The text of a value that a driver returned. */
    String of(Value value) {
        return switch (value.type().name()) {
            case "NULL" -> "null";
            case "BOOLEAN" -> Boolean.toString(value.asBoolean());
            case "INTEGER" -> Long.toString(value.asLong());
            case "FLOAT" -> ofFloat(value.asDouble());
            case "STRING" -> ofString(value.asString());
            case "LIST OF ANY?" -> ofList(value.asList(this::of));
            case "MAP" -> ofMap(new TreeMap<>(value.asMap(this::of)));
            case "NODE" -> of(value.asNode());
            case "RELATIONSHIP" -> of(value.asRelationship());
            case "PATH" -> of(value.asPath());
            case "DURATION" -> ofString(ofDuration(value.asIsoDuration()));
            default -> ofString(value.asObject().toString());
        };
    }

    /** Zero has one text: the TCK does not tell a negative zero from a positive one. */
    String ofFloat(double value) {
        return "float " + (value == 0 ? 0.0 : value);
    }

    String ofString(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    String ofList(List<String> elements) {
        List<String> shown = new ArrayList<>(elements);
        if (listsAreBags) {
            shown.sort(null);
        }
        return "[" + String.join(", ", shown) + "]";
    }

    String ofMap(SortedMap<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    String ofNode(List<String> labels, SortedMap<String, String> properties) {
        String shown = labels.stream().sorted().map(label -> ":" + label).collect(Collectors.joining());
        return "(" + shown + " " + ofMap(properties) + ")";
    }

    String ofRelationship(String type, SortedMap<String, String> properties) {
        return "[:" + type + " " + ofMap(properties) + "]";
    }

    /** @param parts nodes and arrows in turn */
    String ofPath(List<String> parts) {
        return "<" + String.join("", parts) + ">";
    }

    String ofArrow(String relationship, boolean forward) {
        return forward ? "-" + relationship + "->" : "<-" + relationship + "-";
    }

    private String of(Node node) {
        List<String> labels = new ArrayList<>();
        node.labels().forEach(labels::add);
        return ofNode(labels, properties(node.asMap(this::of)));
    }

    private String of(Relationship relationship) {
        return ofRelationship(relationship.type(), properties(relationship.asMap(this::of)));
    }

    private String of(Path path) {
        List<String> parts = new ArrayList<>();
        parts.add(of(path.start()));
        for (Path.Segment segment : path) {
            boolean forward = segment.relationship()
                    .startNodeElementId()
                    .equals(segment.start().elementId());
            parts.add(ofArrow(of(segment.relationship()), forward));
            parts.add(of(segment.end()));
        }
        return ofPath(parts);
    }

    private static SortedMap<String, String> properties(Map<String, String> properties) {
        return new TreeMap<>(properties);
    }

    /** ISO 8601 as openCypher prints it: years and months, days, then the seconds as hours, minutes, seconds. */
    private static String ofDuration(IsoDuration duration) {
        StringBuilder text = new StringBuilder("P");
        append(text, duration.months() / 12, "Y");
        append(text, duration.months() % 12, "M");
        append(text, duration.days(), "D");
        String time = ofTime(duration.seconds(), duration.nanoseconds());
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
        if (fraction != 0) {
            String digits = String.format("%09d", fraction).replaceFirst("0+$", "");
            text.append(lend && rest == 0 ? "-" : "")
                    .append(rest)
                    .append('.')
                    .append(digits)
                    .append('S');
        } else {
            append(text, rest, "S");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}
