package skein.cypher.syntax;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Query texts that may hold a password: those of statements about users, rightly written or not. Nothing of them is
 * quoted in messages, listings or logs.
 */
public final class SecretText {
    /** Shown in place of such a text. */
    public static final String SHOWN = "(a statement about users; its text is not shown)";

    private static final Set<String> FIRST = Set.of("CREATE", "ALTER", "DROP", "SET");
    private static final Set<String> SECOND = Set.of("USER", "CURRENT", "PASSWORD");
    private static final Set<String> ANYWHERE = Set.of("PASSWORD", "IDENTIFIED");
    private static final Pattern PLACE = Pattern.compile("\\(line \\d+, column \\d+\\)");

    private SecretText() {}

    /** Whether the text may hold a password. */
    public static boolean isSecret(String text) {
        String before = "";
        int beforeEnd = 0;
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == '\'' || character == '"') {
                at = behindString(text, at);
            } else if (isWordPart(character)) {
                int end = wordEnd(text, at);
                String word = text.substring(at, end).toUpperCase(Locale.ROOT);
                boolean follows = text.substring(beforeEnd, at).isBlank();
                if (follows && FIRST.contains(before) && SECOND.contains(word)
                        || ANYWHERE.contains(word) && !isNameOfProperty(text, at, end)) {
                    return true;
                }
                before = word;
                beforeEnd = end;
                at = end;
            } else {
                at++;
            }
        }
        return false;
    }

    /** The same failure without a word of the text. */
    static SkeinException veiled(SkeinException failure) {
        String message = failure.getMessage();
        Matcher place = PLACE.matcher(message == null ? "" : message);
        return new SkeinException(
                ErrorCode.SYNTAX_ERROR,
                "The statement is not understood" + (place.find() ? " " + place.group() : "")
                        + ". It may hold a password, so nothing of it is quoted. Write for example CREATE USER name"
                        + " IDENTIFIED BY 'password', SET PASSWORD FOR name TO 'password', ALTER CURRENT USER SET"
                        + " PASSWORD FROM 'old' TO 'new', or pass the password as a parameter.");
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int behindString(String text, int from) {
        char quote = text.charAt(from);
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** {@code n.password}, {@code :Password}, {@code $password}, {@code {password: 1}}. */
    private static boolean isNameOfProperty(String text, int from, int end) {
        int before = from - 1;
        while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
            before--;
        }
        int after = end;
        while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
            after++;
        }
        return before >= 0 && ".:$".indexOf(text.charAt(before)) >= 0
                || after < text.length() && text.charAt(after) == ':';
    }
}
