package skein.cypher.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import skein.cypher.syntax.grammar.QueryLexer;

/**
 * The words of a query, ready for the parser: brackets are not nested deeper than it can follow, and every '(' that
 * opens a pattern with an arrow behind it is marked, so that the parser need not look ahead to tell it from an ordinary
 * parenthesis.
 */
final class QueryTokens {
    private final int nestingMax;
    private final CommonTokenStream stream;
    private final List<Token> words;

    private QueryTokens(int nestingMax, CommonTokenStream stream, List<Token> words) {
        this.nestingMax = nestingMax;
        this.stream = stream;
        this.words = words;
    }

    /** @param nestingMax how deep brackets of all kinds may nest */
    static CommonTokenStream read(QuerySource source, int nestingMax) {
        QueryLexer lexer = new QueryLexer(CharStreams.fromString(source.text()));
        lexer.removeErrorListeners();
        CommonTokenStream stream = new CommonTokenStream(lexer);
        stream.fill();
        List<Token> words = stream.getTokens().stream()
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                .toList();
        QueryTokens tokens = new QueryTokens(nestingMax, stream, words);
        tokens.markPatterns(source);
        return tokens.stream;
    }

    private void markPatterns(QuerySource source) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i).getType()) {
                case QueryLexer.OPEN, QueryLexer.SQUARE_OPEN, QueryLexer.CURLY_OPEN -> {
                    open.push(i);
                    refuseDepth(open.size(), words.get(i), source);
                }
                case QueryLexer.CLOSE -> {
                    if (!open.isEmpty()) {
                        markIfPattern(open.pop(), i);
                    }
                }
                case QueryLexer.SQUARE_CLOSE, QueryLexer.CURLY_CLOSE -> open.poll();
                default -> {}
            }
        }
    }

    private void refuseDepth(int depth, Token token, QuerySource source) {
        if (depth > nestingMax) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "The query nests brackets deeper than " + nestingMax
                            + " levels. Split it with WITH, or pass the nested value as a parameter.",
                    source.span(token));
        }
    }

    private void markIfPattern(int open, int close) {
        if (words.get(open).getType() == QueryLexer.OPEN && startsLikeNode(open + 1) && isArrow(close + 1)) {
            ((CommonToken) words.get(open)).setType(QueryLexer.PATTERN_OPEN);
        }
    }

    /** {@code )}, {@code :L}, {@code {..}}, or a name with one of these or WHERE behind it. */
    private boolean startsLikeNode(int index) {
        return isNodePart(type(index)) || (isName(index) && isNodePart(type(index + 1)));
    }

    private static boolean isNodePart(int type) {
        return switch (type) {
            case QueryLexer.CLOSE, QueryLexer.COLON, QueryLexer.CURLY_OPEN, QueryLexer.DOLLAR, QueryLexer.WHERE -> true;
            default -> false;
        };
    }

    private boolean isName(int index) {
        int type = type(index);
        return type == QueryLexer.IDENTIFIER || type == QueryLexer.ESCAPED_NAME || isKeyword(type);
    }

    private static boolean isKeyword(int type) {
        return type >= QueryLexer.ABORTING && type <= QueryLexer.YIELD;
    }

    /** {@code -[}, {@code --(}, {@code -->}, {@code <-[} or {@code <--}; after {@code )} none of them is arithmetic. */
    private boolean isArrow(int index) {
        int dash = isLeftHead(type(index)) ? index + 1 : index;
        if (!isDash(type(dash))) {
            return false;
        }
        int next = type(dash + 1);
        return next == QueryLexer.SQUARE_OPEN || (isDash(next) && isArrowEnd(type(dash + 2)));
    }

    private static boolean isLeftHead(int type) {
        return type == QueryLexer.LESS || type == QueryLexer.ARROW_LEFT;
    }

    private static boolean isDash(int type) {
        return type == QueryLexer.MINUS || type == QueryLexer.DASH;
    }

    private static boolean isArrowEnd(int type) {
        return switch (type) {
            case QueryLexer.GREATER, QueryLexer.ARROW_RIGHT, QueryLexer.OPEN, QueryLexer.PATTERN_OPEN -> true;
            default -> false;
        };
    }

    private int type(int index) {
        return index < words.size() ? words.get(index).getType() : Token.EOF;
    }

    /** Every keyword as it is written in the documentation. */
    static Stream<String> keywords() {
        return Stream.iterate(QueryLexer.ABORTING, type -> type <= QueryLexer.YIELD, type -> type + 1)
                .map(QueryTokens::written);
    }

    /** How a token of a fixed form is written, without quotes; the name of its kind otherwise. */
    static String written(int type) {
        String literal = QueryLexer.VOCABULARY.getLiteralName(type);
        return literal == null
                ? QueryLexer.VOCABULARY.getDisplayName(type)
                : literal.substring(1, literal.length() - 1);
    }
}
