package skein.cypher.text;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and strings as they are written. */
final class Names {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,2}");
    /** Short words that mean something somewhere. */
    private static final Set<String> WORDS = Set.of(
            "add", "all", "and", "any", "as", "asc", "bad", "bfs", "by", "csv", "end", "for", "if", "in", "is", "kb",
            "key", "mb", "no", "not", "of", "off", "on", "or", "row", "set", "tls", "to", "use", "xor");

    private Names() {}

    static String of(String name) {
        boolean plain = PLAIN.matcher(name).matches() && !WORDS.contains(name.toLowerCase(java.util.Locale.ROOT));
        return plain ? name : "`" + name.replace("`", "``") + "`";
    }

    static String all(List<String> names, String before) {
        return names.stream().map(name -> before + of(name)).collect(Collectors.joining());
    }

    static String string(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\b", "\\b")
                        .replace("\f", "\\f")
                + "'";
    }
}
