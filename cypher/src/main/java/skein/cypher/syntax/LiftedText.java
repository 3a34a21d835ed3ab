package skein.cypher.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query text with the literals in it taken out, so that texts that differ in nothing else can share a plan. Read
 * without a parser, in one pass, and therefore with care: whatever could mean something else than a value stays where
 * it is, and of a text that is not understood nothing is taken out at all.
 *
 * <p>Stays: numbers and strings in brackets and in arguments of functions (bounds of walks, lists and patterns that are
 * computed once, arguments that have to be constant), behind {@code -}, {@code *} and {@code =~}, and everything behind
 * SKIP or LIMIT. Equal literals become one parameter, so that equal expressions stay equal.
 */
public final class LiftedText {
    /** Around the number of a literal in a key; in no query. */
    private static final char MARK = '\u0000';

    private static final Set<String> STATEMENTS =
            Set.of("MATCH", "OPTIONAL", "CREATE", "MERGE", "UNWIND", "WITH", "RETURN");

    /** Words that a parenthesis may follow although they are no functions. */
    private static final Set<String> CLAUSE_WORDS = Set.of(
            "MATCH",
            "WHERE",
            "AND",
            "OR",
            "XOR",
            "NOT",
            "IN",
            "CREATE",
            "MERGE",
            "RETURN",
            "WITH",
            "UNWIND",
            "WHEN",
            "THEN",
            "ELSE",
            "CASE",
            "SET",
            "BY",
            "ON",
            "DELETE",
            "CONTAINS");

    private static final int INTEGER_DIGITS_MAX = 18;

    private final String text;
    private final StringBuilder key;
    private final List<Literal> literals = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    /** What each open parenthesis, bracket or brace is: whether literals inside stay. */
    private final List<Boolean> open = new ArrayList<>();

    private boolean stays;
    private int at;
    private @Nullable String word;

    /** Whether the text is understood. */
    private boolean clear = true;

    private LiftedText(String text) {
        this.text = text;
        this.key = new StringBuilder(text.length());
    }

    /**
     * One literal.
     *
     * @param start where it begins in the text
     * @param source as written
     * @param number which of the parameters it is
     */
    public record Literal(int start, String source, int number) {
        /** The parameter that stands for it; no query can write that name. */
        public String parameter() {
            return nameOf(number);
        }

        /** What it stands for. */
        public Expression value() {
            char first = source.charAt(0);
            if (first == '\'' || first == '"') {
                return new Expression.StringLiteral(source.substring(1, source.length() - 1), Span.NOWHERE);
            }
            return source.indexOf('.') >= 0
                    ? new Expression.FloatLiteral(Double.parseDouble(source), Span.NOWHERE)
                    : new Expression.IntegerLiteral(Long.parseLong(source), Span.NOWHERE);
        }
    }

    static String nameOf(int number) {
        return " " + number;
    }

    /** The text without its literals; empty when it has none that can be taken out. */
    public static Optional<LiftedText> of(String text) {
        LiftedText lifted = new LiftedText(text);
        lifted.read();
        return lifted.clear && !lifted.literals.isEmpty() ? Optional.of(lifted) : Optional.empty();
    }

    /** Whether a text looks like a key; no query does. */
    public static boolean isKey(String text) {
        return text.indexOf(MARK) >= 0;
    }

    /** Equal for texts that differ in the values of literals only. */
    public String key() {
        return key.toString();
    }

    /** In the order in which they stand in the text. */
    public List<Literal> literals() {
        return literals;
    }

    /** The literal that begins at a place of the text. */
    Optional<Literal> at(int start) {
        return literals.stream().filter(literal -> literal.start() == start).findFirst();
    }

    /** A part of the text with marks in place of the literals: the same for all texts with the same key. */
    String marked(int from, int to) {
        StringBuilder marked = new StringBuilder();
        int copied = from;
        for (Literal literal : literals) {
            if (literal.start() >= from && literal.start() < to) {
                marked.append(text, copied, literal.start()).append(mark(literal.number()));
                copied = literal.start() + literal.source().length();
            }
        }
        return marked.append(text, copied, to).toString();
    }

    /** The opposite: a marked text as it is written in this query. */
    public String unmarked(String marked) {
        if (marked.indexOf(MARK) < 0) {
            return marked;
        }
        String result = marked;
        for (Literal literal : literals) {
            result = result.replace(mark(literal.number()), literal.source());
        }
        return result;
    }

    private static String mark(int number) {
        return MARK + Integer.toString(number) + MARK;
    }

    private void read() {
        while (clear && at < text.length()) {
            char next = text.charAt(at);
            if (next == MARK || next == '/' || next == '\\') {
                clear = false;
            } else if (next == '\'' || next == '"') {
                quoted(next);
            } else if (next == '`') {
                name();
            } else if (next == '$' || Character.isJavaIdentifierStart(next)) {
                word();
            } else if (next >= '0' && next <= '9') {
                number();
            } else {
                sign(next);
            }
        }
    }

    private void keep(int to) {
        key.append(text, at, to);
        at = to;
    }

    private void quoted(char quote) {
        int end = text.indexOf(quote, at + 1);
        int escape = text.indexOf('\\', at + 1);
        if (end < 0 || escape >= 0 && escape < end) {
            clear = false;
            return;
        }
        literal(end + 1, 's');
    }

    private void name() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            clear = false;
            return;
        }
        keep(end + 1);
        word = "";
    }

    private void word() {
        int end = at + 1;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end)) && text.charAt(end) != MARK) {
            end++;
        }
        String found = text.substring(at, end).toUpperCase(Locale.ROOT);
        if (key.toString().isBlank() && !STATEMENTS.contains(found)) {
            clear = false;
            return;
        }
        if (found.equals("LIMIT") || found.equals("SKIP")) {
            stays = true;
        }
        keep(end);
        word = found;
    }

    private void number() {
        int end = digits(at);
        boolean fraction = end + 1 < text.length() && text.charAt(end) == '.' && isDigit(end + 1);
        boolean plain = end - at <= INTEGER_DIGITS_MAX && (end - at == 1 || text.charAt(at) != '0');
        if (fraction) {
            end = digits(end + 1);
        }
        boolean odd =
                end < text.length() && (Character.isJavaIdentifierPart(text.charAt(end)) || text.charAt(end) == '.');
        if (!plain || odd) {
            clear = false;
            return;
        }
        literal(end, fraction ? 'f' : 'i');
    }

    private boolean isDigit(int place) {
        return text.charAt(place) >= '0' && text.charAt(place) <= '9';
    }

    private int digits(int from) {
        int end = from;
        while (end < text.length() && isDigit(end)) {
            end++;
        }
        return end;
    }

    private void literal(int end, char kind) {
        String source = text.substring(at, end);
        boolean counts = "OF".equals(word);
        word = null;
        if (stays || counts || open.contains(true) || isBoundBefore()) {
            keep(end);
            return;
        }
        int number = numbers.computeIfAbsent(kind + source, _ -> numbers.size());
        literals.add(new Literal(at, source, number));
        key.append(MARK).append(kind).append(number).append(MARK);
        at = end;
    }

    /** Whether the sign before makes a literal something else than a value. */
    private boolean isBoundBefore() {
        for (int i = key.length() - 1; i >= 0; i--) {
            char before = key.charAt(i);
            if (!Character.isWhitespace(before)) {
                return before == '-' || before == '*' || before == '~' || before == '.';
            }
        }
        return false;
    }

    private void sign(char next) {
        switch (next) {
            case '(' -> open.add(word != null && !CLAUSE_WORDS.contains(word));
            case '[' -> open.add(true);
            case '{' -> open.add(false);
            case ')', ']', '}' -> close();
            default -> {}
        }
        if (!Character.isWhitespace(next)) {
            word = null;
        }
        keep(at + 1);
    }

    private void close() {
        if (open.isEmpty()) {
            clear = false;
        } else {
            open.removeLast();
        }
    }
}
