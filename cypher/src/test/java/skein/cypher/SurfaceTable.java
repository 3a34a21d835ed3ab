package skein.cypher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import skein.graph.Value;

/**
 * The lines of {@code surface.txt}.
 *
 * <p>{@code == title} begins a section; {@code graph a; b} gives it a new graph. Every other line is a statement, then
 * {@code =>} and what is answered: rows, {@code ok}, {@code session} for what the engine hands on, {@code refused} and
 * words of the message, {@code error} and words of the message. Rows are separated by semicolons, values by commas.
 */
final class SurfaceTable {
    private static final String ARROW = " => ";

    private SurfaceTable() {}

    enum Kind {
        GRAPH,
        ROWS,
        OK,
        SESSION,
        REFUSED,
        ERROR
    }

    record Line(String statement, Kind kind, String expected) {}

    record Section(String title, List<Line> lines) {}

    static List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (String line : text().lines().toList()) {
            if (line.startsWith("== ")) {
                sections.add(new Section(line.substring(3), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                sections.getLast().lines().add(parse(line));
            }
        }
        return sections;
    }

    private static String text() {
        try (InputStream in = SurfaceTable.class.getResourceAsStream("surface.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line parse(String line) {
        if (line.startsWith("graph ")) {
            return new Line(line.substring("graph ".length()), Kind.GRAPH, "");
        }
        int arrow = line.lastIndexOf(ARROW);
        if (arrow < 0) {
            throw new IllegalArgumentException("no => in: " + line);
        }
        String statement = line.substring(0, arrow).strip();
        String expected = line.substring(arrow + ARROW.length()).strip();
        if (expected.startsWith("refused")) {
            return new Line(
                    statement,
                    Kind.REFUSED,
                    expected.substring("refused".length()).strip());
        }
        if (expected.startsWith("error ")) {
            return new Line(
                    statement, Kind.ERROR, expected.substring("error ".length()).strip());
        }
        return switch (expected) {
            case "ok" -> new Line(statement, Kind.OK, "");
            case "session" -> new Line(statement, Kind.SESSION, "");
            default -> new Line(statement, Kind.ROWS, expected.equals("-") ? "" : expected);
        };
    }

    static String text(List<List<Value>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(SurfaceTable::text).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    static String text(Value value) {
        return switch (value) {
            case Value.StringValue(String text) -> "'" + text + "'";
            case Value.ListValue list ->
                list.values().stream().map(SurfaceTable::text).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapValue map -> map(map);
            case Value.NodeValue node ->
                "(" + node.labels().stream().map(label -> ":" + label).collect(Collectors.joining())
                        + (node.properties().entries().isEmpty() ? "" : " " + map(node.properties())) + ")";
            case Value.RelationshipValue relationship ->
                "[:" + relationship.type()
                        + (relationship.properties().entries().isEmpty() ? "" : " " + map(relationship.properties()))
                        + "]";
            case Value.PathValue path -> "path of " + path.relationships().size();
            case Value.BooleanValue(boolean truth) -> Boolean.toString(truth);
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.FloatValue(double number) -> Double.toString(number);
            case Value.DateValue(var date) -> date.toString();
            default -> value.toString();
        };
    }

    private static String map(Value.MapValue map) {
        return new TreeMap<>(map.entries())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
