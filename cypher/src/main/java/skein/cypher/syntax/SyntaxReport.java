package skein.cypher.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.antlr.v4.runtime.BufferedTokenStream;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import skein.cypher.syntax.grammar.QueryLexer;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** Turns the parser's first error into a message for people. */
final class SyntaxReport {
    /** With more continuations than this a list of them helps nobody. */
    private static final int EXPECTED_SHOWN_MAX = 8;

    private static final int TYPED_SHOWN_MAX = 40;

    private static final List<String> CLAUSE_WORDS = List.of(
            "MATCH",
            "OPTIONAL",
            "WHERE",
            "RETURN",
            "WITH",
            "UNWIND",
            "CREATE",
            "MERGE",
            "DELETE",
            "DETACH",
            "REMOVE",
            "ORDER",
            "LIMIT",
            "UNION",
            "CALL",
            "FOREACH",
            "YIELD",
            "DISTINCT",
            "EXPLAIN",
            "PROFILE",
            "SHOW",
            "REGISTER",
            "DROP");

    /** What SHOW shows, apart from administration. */
    private static final List<String> SHOWN = List.of(
            "INDEX",
            "INDEXES",
            "CONSTRAINT",
            "CONSTRAINTS",
            "STORAGE",
            "NODE_LABELS",
            "EDGE_TYPES",
            "DATABASE",
            "DATABASES",
            "TRANSACTIONS",
            "FUNCTIONS",
            "PROCEDURES",
            "SCHEMA",
            "METRICS");

    private SyntaxReport() {}

    static SkeinException of(RecognitionException error, QuerySource source) {
        Token token = error.getOffendingToken();
        List<Token> words = words(error);
        Optional<Token> second = misspeltSecondWord(words);
        if (second.isPresent()) {
            Set<String> known = secondWords(words.getFirst());
            String meant = NearestName.of(second.get().getText(), known).orElseThrow();
            return source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    unexpected(second.get(), false) + " Did you mean "
                            + words.getFirst().getText() + " " + meant + "?",
                    source.span(second.get()));
        }
        return source.error(detail(token), message(token, words, expected(error)), source.span(token));
    }

    private static List<Token> words(RecognitionException error) {
        BufferedTokenStream stream = (BufferedTokenStream) error.getInputStream();
        return stream.getTokens().stream()
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                .toList();
    }

    /** The second word of a statement such as SHOW REPLICAS, if it is not one that belongs there but nearly so. */
    private static Optional<Token> misspeltSecondWord(List<Token> words) {
        if (words.size() < 2 || secondWords(words.getFirst()).isEmpty()) {
            return Optional.empty();
        }
        Token second = words.get(1);
        Set<String> known = secondWords(words.getFirst());
        boolean misspelt = !known.contains(second.getText().toUpperCase(Locale.ROOT))
                && NearestName.of(second.getText(), known).isPresent();
        return misspelt ? Optional.of(second) : Optional.empty();
    }

    private static Set<String> secondWords(Token first) {
        String word = first.getText().toUpperCase(Locale.ROOT);
        Set<String> words = new TreeSet<>(AdminWords.PAIRS.getOrDefault(word, Set.of()));
        if (first.getType() == QueryLexer.SHOW) {
            words.addAll(SHOWN);
        }
        return words;
    }

    private static ErrorDetail detail(Token token) {
        boolean strange = token.getType() == QueryLexer.UNKNOWN || token.getType() == QueryLexer.DASH;
        return strange && token.getText().codePointAt(0) > 0x7F
                ? ErrorDetail.INVALID_UNICODE_CHARACTER
                : ErrorDetail.UNEXPECTED_SYNTAX;
    }

    private static String message(Token token, List<Token> words, IntervalSet expected) {
        int index = words.indexOf(token);
        if (index > 0 && words.get(index - 1).getType() == QueryLexer.SEMICOLON) {
            return "Another statement follows the first. Send statements one at a time.";
        }
        return switch (token.getType()) {
            case QueryLexer.UNTERMINATED_STRING ->
                "The string that begins here has no end. Close it with "
                        + token.getText().charAt(0) + ".";
            case QueryLexer.UNTERMINATED_NAME -> "The name that begins here has no end. Close it with `.";
            case QueryLexer.UNTERMINATED_COMMENT -> "The comment that begins here has no end. Close it with */.";
            default -> unexpected(token, index == 0) + continuation(token, expected);
        };
    }

    private static String unexpected(Token token, boolean empty) {
        if (token.getType() == Token.EOF) {
            return empty ? "The query is empty." : "The query ends too early.";
        }
        String typed = token.getText();
        return "Unexpected '" + (typed.length() > TYPED_SHOWN_MAX ? typed.substring(0, TYPED_SHOWN_MAX) + "..." : typed)
                + "'.";
    }

    private static String continuation(Token token, IntervalSet expected) {
        Optional<String> meant = meant(token, expected);
        if (meant.isPresent()) {
            return " Did you mean " + meant.get() + "?";
        }
        List<String> words = describe(expected);
        return words.isEmpty() || words.size() > EXPECTED_SHOWN_MAX
                ? ""
                : " Expected " + String.join(" or ", words) + ".";
    }

    private static Optional<String> meant(Token token, IntervalSet expected) {
        if (token.getType() != QueryLexer.IDENTIFIER) {
            return Optional.empty();
        }
        List<String> keywords = expected.toList().stream()
                .filter(type -> type >= QueryLexer.ABORTING && type <= QueryLexer.YIELD)
                .map(QueryTokens::written)
                .toList();
        return NearestName.of(token.getText(), keywords.isEmpty() || takesName(expected) ? CLAUSE_WORDS : keywords);
    }

    private static boolean takesName(IntervalSet expected) {
        return expected.contains(QueryLexer.IDENTIFIER);
    }

    /** Where a name is expected every keyword is: only "a name" is said then. */
    private static List<String> describe(IntervalSet expected) {
        boolean name = takesName(expected);
        Stream<String> words = expected.toList().stream()
                .filter(type -> !name || type < QueryLexer.ABORTING || type > QueryLexer.YIELD)
                .filter(type -> type != QueryLexer.PATTERN_OPEN && type != QueryLexer.ESCAPED_NAME)
                .map(SyntaxReport::shown);
        return words.distinct().toList();
    }

    private static String shown(int type) {
        return switch (type) {
            case Token.EOF -> "the end of the query";
            case QueryLexer.IDENTIFIER -> "a name";
            case QueryLexer.STRING -> "a string";
            case QueryLexer.INTEGER -> "an integer";
            case QueryLexer.FLOAT -> "a float";
            default ->
                type >= QueryLexer.ABORTING && type <= QueryLexer.YIELD
                        ? QueryTokens.written(type)
                        : "'" + QueryTokens.written(type) + "'";
        };
    }

    /** What could have stood in the token's place; empty where the parser had to look further to know. */
    private static IntervalSet expected(RecognitionException error) {
        boolean here = error instanceof InputMismatchException
                || (error instanceof NoViableAltException branch
                        && branch.getStartToken().getTokenIndex()
                                == branch.getOffendingToken().getTokenIndex());
        IntervalSet expected = here ? error.getExpectedTokens() : null;
        return expected == null ? new IntervalSet() : expected;
    }
}
