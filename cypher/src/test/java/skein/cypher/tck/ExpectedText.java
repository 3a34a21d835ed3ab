package skein.cypher.tck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads values as the TCK writes them and answers them in one spelling, so that two values are equal when their texts
 * are: labels and keys sorted, numbers as Java prints them.
 */
final class ExpectedText {
    private final String text;
    private final boolean sortLists;
    private int at;

    private ExpectedText(String text, boolean sortLists) {
        this.text = text;
        this.sortLists = sortLists;
    }

    /** @param sortLists the order within lists does not matter */
    static String normal(String text, boolean sortLists) {
        ExpectedText reader = new ExpectedText(text, sortLists);
        String value = reader.value();
        reader.blanks();
        if (reader.at != text.length()) {
            throw new IllegalArgumentException("cannot read the expected value " + text);
        }
        return value;
    }

    static String list(List<String> items, boolean sorted) {
        List<String> all = new ArrayList<>(items);
        if (sorted) {
            Collections.sort(all);
        }
        return "[" + String.join(", ", all) + "]";
    }

    static String map(Map<String, String> entries) {
        List<String> all = new ArrayList<>();
        new TreeMap<>(entries).forEach((key, value) -> all.add(key + ": " + value));
        return "{" + String.join(", ", all) + "}";
    }

    static String string(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    static String node(List<String> labels, Map<String, String> properties) {
        List<String> sorted = new ArrayList<>(labels);
        Collections.sort(sorted);
        return "(" + String.join("", sorted.stream().map(label -> ":" + label).toList()) + map(properties) + ")";
    }

    static String relationship(String type, Map<String, String> properties) {
        return "[:" + type + map(properties) + "]";
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(String expected) {
        blanks();
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    private void require(String expected) {
        if (!take(expected)) {
            throw new IllegalArgumentException("expected " + expected + " at " + at + " in " + text);
        }
    }

    private String value() {
        blanks();
        return switch (peek()) {
            case '\'' -> string(quoted());
            case '[' -> listOrRelationship();
            case '{' -> map(entries());
            case '(' -> node();
            case '<' -> path();
            default -> literal();
        };
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '\'') {
            if (peek() == '\\') {
                at++;
            }
            value.append(peek());
            at++;
        }
        at++;
        return value.toString();
    }

    private String listOrRelationship() {
        require("[");
        blanks();
        if (peek() == ':') {
            at++;
            String type = name();
            blanks();
            Map<String, String> properties = peek() == '{' ? entries() : Map.of();
            require("]");
            return relationship(type, properties);
        }
        List<String> items = new ArrayList<>();
        while (!take("]")) {
            items.add(value());
            take(",");
        }
        return list(items, sortLists);
    }

    private Map<String, String> entries() {
        require("{");
        Map<String, String> entries = new TreeMap<>();
        while (!take("}")) {
            blanks();
            String key = name();
            require(":");
            entries.put(key, value());
            take(",");
        }
        return entries;
    }

    private String node() {
        require("(");
        List<String> labels = new ArrayList<>();
        while (take(":")) {
            labels.add(name());
        }
        blanks();
        Map<String, String> properties = peek() == '{' ? entries() : Map.of();
        require(")");
        return node(labels, properties);
    }

    private String path() {
        require("<");
        StringBuilder path = new StringBuilder("<").append(node());
        while (!take(">")) {
            boolean backwards = take("<-");
            if (!backwards) {
                require("-");
            }
            String relationship = listOrRelationship();
            if (backwards) {
                require("-");
            } else {
                require("->");
            }
            path.append(backwards ? "<-" : "-").append(relationship).append(backwards ? "-" : "->");
            path.append(node());
        }
        return path.append(">").toString();
    }

    private String name() {
        int start = at;
        while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '$') {
            at++;
        }
        return text.substring(start, at);
    }

    private String literal() {
        int start = at;
        while (at < text.length() && ",]}) ".indexOf(peek()) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.matches("-?\\d+")) {
            return word;
        }
        if (word.matches("-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
            return Double.toString(Double.parseDouble(word));
        }
        return switch (word) {
            case "Inf" -> "Infinity";
            case "-Inf" -> "-Infinity";
            default -> word;
        };
    }
}
