package skein.tck;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.tck.TckGraph.Failure;

/**
 * An error that a scenario asks for.
 *
 * @param type its class, for example {@code SyntaxError}
 * @param phase {@code compile time}, {@code runtime} or {@code any time}
 * @param detail what exactly is wrong, for example {@code UndefinedVariable}; {@code *} leaves it open
 */
record ExpectedError(String type, String phase, String detail) {
    private static final Pattern STEP =
            Pattern.compile("an? (\\w+) should be raised at (compile time|runtime|any time):? ?(.*)");

    static Optional<ExpectedError> in(String step) {
        Matcher matcher = STEP.matcher(step);
        return matcher.matches()
                ? Optional.of(new ExpectedError(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** The last part of the status is the error's class. */
    boolean hasClassOf(Failure failure) {
        String status = failure.status();
        String last = status.substring(status.lastIndexOf('.') + 1);
        return switch (type) {
            // the TCK uses one word for what servers tell apart: broken by a value, or by data that is there already
            case "ConstraintVerificationFailed", "ConstraintValidationFailed" ->
                last.equals("ConstraintVerificationFailed") || last.equals("ConstraintValidationFailed");
            case "ProcedureError" -> status.contains(".Procedure.");
            default -> last.equals(type);
        };
    }

    @Override
    public String toString() {
        return type + " at " + phase + ": " + detail;
    }
}
