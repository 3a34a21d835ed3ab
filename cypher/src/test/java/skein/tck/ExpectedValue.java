package skein.tck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;

/**
 * Reads a value as the TCK's tables write it. The notation is the TCK's own: {@code (:A {x: 1})} for nodes,
 * {@code [:T]} for relationships, {@code <(:A)-[:T]->()>} for paths; temporal values are strings. Ids are made up: they
 * only say how the parts of a path hang together.
 */
final class ExpectedValue {
    private static final Pattern INTEGER = Pattern.compile("-?\\d+");
    private static final Pattern FLOAT = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private final String text;
    private int position;

    private ExpectedValue(String text) {
        this.text = text;
    }

    /** Fails with an IllegalArgumentException that shows the text when this is no value. */
    static Value read(String text) {
        ExpectedValue reader = new ExpectedValue(text);
        Value value = reader.value();
        reader.blanks();
        if (reader.position != text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    private Value value() {
        blanks();
        return switch (peek()) {
            case '\'' -> Value.of(string());
            case '[' -> looksLikeRelationship() ? relationship(0, 1) : list();
            case '{' -> map();
            case '(' -> node(0);
            case '<' -> path();
            default -> word();
        };
    }

    private boolean looksLikeRelationship() {
        int next = position + 1;
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        return next < text.length() && text.charAt(next) == ':';
    }

    private Value list() {
        expect('[');
        List<Value> elements = new ArrayList<>();
        if (!tryConsume(']')) {
            do {
                elements.add(value());
            } while (tryConsume(','));
            expect(']');
        }
        return Value.of(elements);
    }

    private MapValue map() {
        expect('{');
        Map<String, Value> entries = new LinkedHashMap<>();
        if (!tryConsume('}')) {
            do {
                String key = name();
                expect(':');
                entries.put(key, value());
            } while (tryConsume(','));
            expect('}');
        }
        return new MapValue(entries);
    }

    private MapValue optionalMap() {
        blanks();
        return peek() == '{' ? map() : MapValue.EMPTY;
    }

    private NodeValue node(long id) {
        expect('(');
        List<String> labels = new ArrayList<>();
        while (tryConsume(':')) {
            labels.add(name());
        }
        MapValue properties = optionalMap();
        expect(')');
        return new NodeValue(id, labels, properties);
    }

    private RelationshipValue relationship(long startId, long endId) {
        expect('[');
        expect(':');
        String type = name();
        MapValue properties = optionalMap();
        expect(']');
        return new RelationshipValue(0, startId, endId, type, properties);
    }

    private PathValue path() {
        expect('<');
        List<NodeValue> nodes = new ArrayList<>();
        List<RelationshipValue> relationships = new ArrayList<>();
        nodes.add(node(0));
        while (!tryConsume('>')) {
            long here = relationships.size();
            boolean backward = tryConsume('<');
            expect('-');
            relationships.add(backward ? relationship(here + 1, here) : relationship(here, here + 1));
            expect('-');
            if (!backward) {
                expect('>');
            }
            nodes.add(node(here + 1));
        }
        return new PathValue(nodes, relationships);
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        position++;
        while (peek() != '\'') {
            if (position == text.length()) {
                throw unexpected();
            }
            char c = text.charAt(position++);
            boolean escapes = c == '\\' && (peek() == '\'' || peek() == '\\');
            value.append(escapes ? text.charAt(position++) : c);
        }
        position++;
        return value.toString();
    }

    private Value word() {
        int start = position;
        while (position < text.length() && ",]}) ".indexOf(peek()) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "null" -> Value.NULL;
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            case "NaN" -> Value.of(Double.NaN);
            case "Inf" -> Value.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> Value.of(Double.NEGATIVE_INFINITY);
            default -> number(word);
        };
    }

    private Value number(String word) {
        if (INTEGER.matcher(word).matches()) {
            return Value.of(Long.parseLong(word));
        }
        if (FLOAT.matcher(word).matches()) {
            return Value.of(Double.parseDouble(word));
        }
        throw unexpected();
    }

    private String name() {
        blanks();
        int start = position;
        if (peek() == '`') {
            int end = text.indexOf('`', start + 1);
            if (end < 0) {
                throw unexpected();
            }
            position = end + 1;
            return text.substring(start + 1, end);
        }
        while (Character.isLetterOrDigit(peek()) || peek() == '_') {
            position++;
        }
        if (start == position) {
            throw unexpected();
        }
        return text.substring(start, position);
    }

    private boolean tryConsume(char c) {
        blanks();
        if (peek() == c) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!tryConsume(c)) {
            throw unexpected();
        }
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private void blanks() {
        while (Character.isWhitespace(peek())) {
            position++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("cannot read the expected value " + text + " at " + position);
    }
}
