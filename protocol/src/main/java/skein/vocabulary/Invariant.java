package skein.vocabulary;

/** Checks that stay on in production: a violated invariant stops its owner instead of spreading. */
public final class Invariant {
    private Invariant() {}

    /** Throws {@link InvariantViolation} with the formatted message unless the condition holds. */
    public static void check(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new InvariantViolation(message.formatted(arguments));
        }
    }

    /** Broken code or broken state; never an expected outcome. */
    public static final class InvariantViolation extends IllegalStateException {
        private static final long serialVersionUID = 1;

        public InvariantViolation(String message) {
            super(message);
        }
    }
}
