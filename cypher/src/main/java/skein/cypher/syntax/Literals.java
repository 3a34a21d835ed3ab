package skein.cypher.syntax;

import java.util.Locale;
import java.util.function.Supplier;
import org.antlr.v4.runtime.Token;
import skein.cypher.syntax.grammar.QueryGrammar;
import skein.vocabulary.SkeinException;

/** Reads numbers, strings and names from their written form. */
final class Literals {
    private final QuerySource source;

    Literals(QuerySource source) {
        this.source = source;
    }

    /** A name without its backticks. */
    String name(QueryGrammar.NameContext context) {
        return name(context.getStart());
    }

    String name(Token token) {
        String text = token.getText();
        return token.getType() == QueryGrammar.ESCAPED_NAME
                ? text.substring(1, text.length() - 1).replace("``", "`")
                : text;
    }

    /** Decimal, {@code 0x} or {@code 0o}, over the whole range of 64 bits; the sign is part of the number. */
    long integer(Token token, boolean negative) {
        String text = token.getText();
        String prefix = text.substring(0, Math.min(2, text.length())).toLowerCase(Locale.ROOT);
        int radix = prefix.equals("0x") ? 16 : prefix.equals("0o") ? 8 : 10;
        String digits = radix == 10 ? text : text.substring(2);
        try {
            return Long.parseLong(negative ? "-" + digits : digits, radix);
        } catch (NumberFormatException tooLarge) {
            throw source.error(
                    ErrorDetail.INTEGER_OVERFLOW,
                    "The integer " + (negative ? "-" : "") + text + " does not fit into 64 bits. Write it as a float.",
                    source.span(token));
        }
    }

    /** An integer that counts something, so fits into 31 bits. */
    int count(Token token) {
        long value = integer(token, false);
        if (value > Integer.MAX_VALUE) {
            throw source.error(
                    ErrorDetail.INTEGER_OVERFLOW,
                    "The number " + value + " is too large here. " + Integer.MAX_VALUE + " is the largest.",
                    source.span(token));
        }
        return (int) value;
    }

    double floating(Token token) {
        double value = Double.parseDouble(token.getText());
        if (Double.isInfinite(value)) {
            throw source.error(
                    ErrorDetail.FLOATING_POINT_OVERFLOW,
                    "The float " + token.getText() + " is larger than any float. " + Double.MAX_VALUE
                            + " is the largest.",
                    source.span(token));
        }
        return value;
    }

    SkeinException malformedNumber(Token token) {
        return source.error(
                ErrorDetail.INVALID_NUMBER_LITERAL,
                "'" + token.getText() + "' is not a number. Write 17, 0x1F, 0o17, 1.5 or 1e9; a name that begins with "
                        + "a digit needs backticks.",
                source.span(token));
    }

    /** The contents of a quoted string, escapes resolved. */
    String string(Token token) {
        String text = token.getText();
        int escape = text.indexOf('\\');
        if (escape < 0) {
            return text.substring(1, text.length() - 1);
        }
        StringBuilder value = new StringBuilder(text.length());
        int at = 1;
        while (at < text.length() - 1) {
            char character = text.charAt(at);
            if (character == '\\') {
                at = escape(text, at + 1, value, () -> source.span(token));
            } else {
                value.append(character);
                at++;
            }
        }
        return value.toString();
    }

    /** Appends what the escape stands for; answers where the text goes on. */
    private int escape(String text, int at, StringBuilder value, Supplier<Span> span) {
        char kind = text.charAt(at);
        switch (kind) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case '\\', '\'', '"', '`' -> value.append(kind);
            case 'u' -> {
                return unicode(text, at + 1, 4, value, span);
            }
            case 'U' -> {
                return unicode(text, at + 1, 8, value, span);
            }
            default ->
                throw source.error(
                        ErrorDetail.UNEXPECTED_SYNTAX,
                        "The string has an unknown escape, '\\" + kind + "'. Write '\\\\" + kind
                                + "' for the two characters.",
                        span.get());
        }
        return at + 1;
    }

    private int unicode(String text, int from, int digits, StringBuilder value, Supplier<Span> span) {
        int to = Math.min(from + digits, text.length() - 1);
        String hex = text.substring(from, to);
        boolean valid = hex.length() == digits && hex.chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
        int point = valid ? Integer.parseUnsignedInt(hex, 16) : -1;
        if (!Character.isValidCodePoint(point)) {
            throw source.error(
                    ErrorDetail.INVALID_UNICODE_LITERAL,
                    "'\\" + text.charAt(from - 1) + hex
                            + "' is not a character. Write \\u and four hexadecimal digits, " + "or \\U and eight.",
                    span.get());
        }
        value.appendCodePoint(point);
        return to;
    }
}
