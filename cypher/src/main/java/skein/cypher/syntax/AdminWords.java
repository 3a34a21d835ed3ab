package skein.cypher.syntax;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tells from the first two words of a text whether it can be an {@link AdminStatement}, without reading the rest. */
final class AdminWords {
    static final Map<String, Set<String>> PAIRS = Map.ofEntries(
            Map.entry("SET", Set.of("REPLICATION", "INSTANCE", "COORDINATOR", "PASSWORD", "DATABASE")),
            Map.entry(
                    "SHOW",
                    Set.of(
                            "REPLICATION",
                            "REPLICAS",
                            "CONFIG",
                            "VERSION",
                            "BUILD",
                            "LICENSE",
                            "COORDINATOR",
                            "INSTANCE",
                            "INSTANCES",
                            "ROUTING",
                            "METRICS",
                            "FAILOVERS",
                            "FAILOVER",
                            "USERS",
                            "DATABASE",
                            "CURRENT")),
            Map.entry("REGISTER", Set.of("REPLICA", "INSTANCE")),
            Map.entry("CREATE", Set.of("REPLICA", "DATABASE", "USER")),
            Map.entry("ALTER", Set.of("USER", "CURRENT")),
            Map.entry("DROP", Set.of("REPLICA", "DATABASE", "USER")),
            Map.entry("RENAME", Set.of("DATABASE")),
            Map.entry("ADD", Set.of("COORDINATOR")),
            Map.entry("REMOVE", Set.of("COORDINATOR")),
            Map.entry("UNREGISTER", Set.of("INSTANCE")),
            Map.entry("DEMOTE", Set.of("INSTANCE")),
            Map.entry("UPDATE", Set.of("CONFIG")),
            Map.entry("FORCE", Set.of("RESET")),
            Map.entry("RELOAD", Set.of("BOLT_SERVER", "INTRA_CLUSTER")),
            Map.entry("PAUSE", Set.of("FAILOVER")),
            Map.entry("RESUME", Set.of("FAILOVER")),
            Map.entry("YIELD", Set.of("LEADERSHIP")));

    private AdminWords() {}

    static boolean begin(String text) {
        int first = skipBlanks(text, 0);
        int firstEnd = skipWord(text, first);
        Set<String> seconds = PAIRS.get(upperCase(text, first, firstEnd));
        if (seconds == null) {
            return false;
        }
        int second = skipBlanks(text, firstEnd);
        return seconds.contains(upperCase(text, second, skipWord(text, second)));
    }

    /** The longest of these words has 13 letters; longer ones need not be copied. */
    private static String upperCase(String text, int from, int to) {
        return to - from > 13 ? "" : text.substring(from, to).toUpperCase(Locale.ROOT);
    }

    private static int skipWord(String text, int from) {
        int to = from;
        while (to < text.length() && (Character.isLetterOrDigit(text.charAt(to)) || text.charAt(to) == '_')) {
            to++;
        }
        return to;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (text.startsWith("//", at)) {
                at = behind(text, text.indexOf('\n', at), 1);
            } else if (text.startsWith("/*", at)) {
                at = behind(text, text.indexOf("*/", at + 2), 2);
            } else if (Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\uFEFF') {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private static int behind(String text, int found, int length) {
        return found < 0 ? text.length() : found + length;
    }
}
