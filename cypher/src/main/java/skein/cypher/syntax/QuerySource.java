package skein.cypher.syntax;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The text of one query, and the way from ANTLR's positions, which count code points, to offsets in the string. */
final class QuerySource {
    private final String text;
    /** Offset in the string per code point; empty when every character is one code point. */
    private final int[] offsets;

    private final @Nullable LiftedText lifted;

    /** The literals of {@link #lifted} that expressions were made of. */
    private final Set<Integer> met = new HashSet<>();

    QuerySource(String text) {
        this(text, null);
    }

    /** @param lifted literals that are to be read as parameters */
    QuerySource(String text, @Nullable LiftedText lifted) {
        this.text = text;
        this.lifted = lifted;
        int points = text.codePointCount(0, text.length());
        this.offsets = points == text.length() ? new int[0] : offsets(text, points);
    }

    private static int[] offsets(String text, int points) {
        int[] offsets = new int[points + 1];
        int offset = 0;
        for (int point = 0; point < points; point++) {
            offsets[point] = offset;
            offset += Character.charCount(text.codePointAt(offset));
        }
        offsets[points] = text.length();
        return offsets;
    }

    String text() {
        return text;
    }

    Span span(ParserRuleContext context) {
        Token stop = context.getStop();
        return span(context.getStart(), stop == null ? context.getStart() : stop);
    }

    Span span(Token token) {
        return span(token, token);
    }

    Span span(Token first, Token last) {
        int start = offset(first.getStartIndex());
        int end = Math.max(start, offset(last.getStopIndex() + 1));
        return new Span(start, end, first.getLine(), first.getCharPositionInLine() + 1);
    }

    private int offset(int point) {
        return offsets.length == 0 ? Math.min(point, text.length()) : offsets[Math.min(point, offsets.length - 1)];
    }

    /** The parameter that a literal is to be read as. */
    Optional<Expression> parameterFor(Span literal) {
        if (lifted == null) {
            return Optional.empty();
        }
        return lifted.at(literal.start()).map(found -> {
            met.add(found.start());
            return new Expression.Parameter(found.parameter(), literal);
        });
    }

    /** Whether every literal that is to be a parameter has become one. */
    boolean allLifted() {
        return lifted == null || met.size() == lifted.literals().size();
    }

    /** What was typed, blanks and comments inside included. */
    String excerpt(ParserRuleContext context) {
        Span span = span(context);
        return lifted != null ? lifted.marked(span.start(), span.end()) : text.substring(span.start(), span.end());
    }

    /** A syntax error that quotes the line and points at the place. */
    SkeinException error(ErrorDetail detail, String message, ParserRuleContext context) {
        return error(detail, message, span(context));
    }

    SkeinException error(ErrorDetail detail, String message, Span span) {
        return new SkeinException(ErrorCode.SYNTAX_ERROR, ErrorText.of(detail, message, span, text));
    }
}
