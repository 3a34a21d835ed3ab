package skein.vocabulary;

import org.jspecify.annotations.Nullable;

/** Checks that stay on in production: a violated invariant stops its owner instead of spreading. */
public final class Invariant {
    private Invariant() {}

    /** Throws {@link InvariantViolation} with the formatted message unless the condition holds. */
    public static void check(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new InvariantViolation(message.formatted(arguments));
        }
    }

    /** Answers the value; throws {@link InvariantViolation} with the formatted message when it is null. */
    public static <T> T present(@Nullable T value, String message, Object... arguments) {
        if (value == null) {
            throw new InvariantViolation(message.formatted(arguments));
        }
        return value;
    }

    /** Broken code or broken state; never an expected outcome. */
    public static final class InvariantViolation extends IllegalStateException {
        private static final long serialVersionUID = 1;

        public InvariantViolation(String message) {
            super(message);
        }
    }
}
