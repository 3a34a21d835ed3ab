package skein.cypher.expression.value;

import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Failures of expressions at run time. Each message ends in a word in brackets that names the exact kind of failure, as
 * openCypher's compatibility kit knows it; programs may search for it.
 */
public final class Failure {
    private static final int QUOTE_LENGTH_MAX = 80;

    private Failure() {}

    /** A value of a type that the operation does not take. */
    public static SkeinException type(String detail, String message) {
        return new SkeinException(ErrorCode.TYPE_ERROR, withDetail(message, detail));
    }

    /** A value of the right type but outside of what the operation takes. */
    public static SkeinException argument(String detail, String message) {
        return new SkeinException(ErrorCode.ARGUMENT_ERROR, withDetail(message, detail));
    }

    /** A number that cannot be computed or does not fit. */
    public static SkeinException arithmetic(String detail, String message) {
        return new SkeinException(ErrorCode.ARITHMETIC_ERROR, withDetail(message, detail));
    }

    /** Text of a user as a message quotes it: in quotes, and only the beginning when it is long. */
    public static String quoted(String text) {
        return text.length() <= QUOTE_LENGTH_MAX
                ? "'" + text + "'"
                : "'" + text.substring(0, QUOTE_LENGTH_MAX) + "...'";
    }

    private static String withDetail(String message, String detail) {
        return message + " [" + detail + "]";
    }
}
