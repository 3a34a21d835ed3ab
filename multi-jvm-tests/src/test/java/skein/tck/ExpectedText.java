package skein.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a value as the TCK's tables write it and answers its {@link CanonicalText}. */
final class ExpectedText {
    private final String text;
    private final CanonicalText canonical;
    private int position;

    private ExpectedText(String text, CanonicalText canonical) {
        this.text = text;
        this.canonical = canonical;
    }

    static String canonical(String text, CanonicalText canonical) {
        ExpectedText reader = new ExpectedText(text.strip(), canonical);
        String value = reader.value();
        reader.blanks();
        if (reader.position != reader.text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    private String value() {
        blanks();
        return switch (peek()) {
            case '\'' -> canonical.ofString(string());
            case '[' -> looksLikeRelationship() ? relationship() : list();
            case '{' -> canonical.ofMap(map());
            case '(' -> node();
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

    private String list() {
        expect('[');
        List<String> elements = new ArrayList<>();
        while (!tryConsume(']')) {
            elements.add(value());
            tryConsume(',');
        }
        return canonical.ofList(elements);
    }

    private SortedMap<String, String> map() {
        expect('{');
        SortedMap<String, String> entries = new TreeMap<>();
        while (!tryConsume('}')) {
            String key = name();
            expect(':');
            entries.put(key, value());
            tryConsume(',');
        }
        return entries;
    }

    private SortedMap<String, String> optionalMap() {
        blanks();
        return peek() == '{' ? map() : new TreeMap<>();
    }

    private String node() {
        expect('(');
        List<String> labels = new ArrayList<>();
        while (tryConsume(':')) {
            labels.add(name());
        }
        SortedMap<String, String> properties = optionalMap();
        expect(')');
        return canonical.ofNode(labels, properties);
    }

    private String relationship() {
        expect('[');
        expect(':');
        String type = name();
        SortedMap<String, String> properties = optionalMap();
        expect(']');
        return canonical.ofRelationship(type, properties);
    }

    private String path() {
        expect('<');
        List<String> parts = new ArrayList<>();
        parts.add(node());
        while (!tryConsume('>')) {
            boolean backward = tryConsume('<');
            expect('-');
            String relationship = relationship();
            expect('-');
            if (!backward) {
                expect('>');
            }
            parts.add(canonical.ofArrow(relationship, !backward));
            parts.add(node());
        }
        return canonical.ofPath(parts);
    }

    private String string() {
        expect('\'');
        StringBuilder value = new StringBuilder();
        while (peek() != '\'') {
            char c = text.charAt(position++);
            if (c == '\\' && (peek() == '\'' || peek() == '\\')) {
                c = text.charAt(position++);
            }
            value.append(c);
        }
        position++;
        return value.toString();
    }

    private String word() {
        int start = position;
        while (position < text.length() && ",]}) ".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "null", "true", "false" -> word;
            case "NaN" -> canonical.ofFloat(Double.NaN);
            case "Inf", "Infinity" -> canonical.ofFloat(Double.POSITIVE_INFINITY);
            case "-Inf", "-Infinity" -> canonical.ofFloat(Double.NEGATIVE_INFINITY);
            default -> number(word);
        };
    }

    private String number(String word) {
        if (word.matches("-?\\d+")) {
            return Long.toString(Long.parseLong(word));
        }
        return canonical.ofFloat(Double.parseDouble(word));
    }

    private String name() {
        blanks();
        int start = position;
        if (tryConsume('`')) {
            int end = text.indexOf('`', position);
            String quoted = text.substring(position, end);
            position = end + 1;
            return quoted;
        }
        while (position < text.length() && Character.isJavaIdentifierPart(text.charAt(position))) {
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
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private IllegalStateException unexpected() {
        return new IllegalStateException("cannot read the expected value '" + text + "' at " + position);
    }
}
