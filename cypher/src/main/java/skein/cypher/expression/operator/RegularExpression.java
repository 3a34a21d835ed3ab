package skein.cypher.expression.operator;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import skein.cypher.expression.value.Failure;

/**
 * A pattern of {@code =~}, which must match the whole text. Patterns come from users and some take exponential time, so
 * a match may look at a character only so many times and asks now and then whether the query was ended.
 */
public final class RegularExpression {
    /** A few tenths of a second; patterns that do not backtrack need a few steps per character. */
    private static final long STEPS_MAX = 100_000_000;

    /** A power of two. */
    private static final int STEPS_PER_CHECK = 1 << 16;

    private final Pattern pattern;

    private RegularExpression(Pattern pattern) {
        this.pattern = pattern;
    }

    /** ARGUMENT_ERROR when the pattern has no meaning. */
    public static RegularExpression compile(String pattern) {
        try {
            return new RegularExpression(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            throw Failure.argument(
                    "InvalidArgumentValue",
                    Failure.quoted(pattern) + " is not a regular expression: " + e.getDescription() + " near position "
                            + e.getIndex() + ".");
        }
    }

    /** @param checkTermination called now and then; ends the match by throwing */
    public boolean matches(String text, Runnable checkTermination) {
        try {
            return pattern.matcher(new Guarded(text, 0, text.length(), new Steps(checkTermination)))
                    .matches();
        } catch (StackOverflowError e) {
            // java.util.regex recurses once per repetition of a group; a long text can exhaust any stack.
            throw Failure.argument(
                    "InvalidArgumentValue",
                    "The regular expression " + Failure.quoted(pattern.pattern())
                            + " needs too much memory on a text of " + text.length()
                            + " characters. Avoid repeating a group, for example (a|b)*; write [ab]* instead.");
        }
    }

    /** Counts how often a match has looked at a character. */
    private final class Steps {
        private final Runnable checkTermination;
        private long count;

        Steps(Runnable checkTermination) {
            this.checkTermination = checkTermination;
        }

        void next() {
            count++;
            if ((count & (STEPS_PER_CHECK - 1)) == 0) {
                check();
            }
        }

        private void check() {
            checkTermination.run();
            if (count > STEPS_MAX) {
                throw Failure.argument(
                        "InvalidArgumentValue",
                        "The regular expression " + Failure.quoted(pattern.pattern()) + " was given up after "
                                + STEPS_MAX
                                + " steps. Every further open repetition, as in .*.*.*, multiplies the time; simplify it.");
            }
        }
    }

    /** The text, counting every look at it. */
    private record Guarded(String text, int start, int end, Steps steps) implements CharSequence {
        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            steps.next();
            return text.charAt(start + index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Guarded(text, start + from, start + to, steps);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }
}
