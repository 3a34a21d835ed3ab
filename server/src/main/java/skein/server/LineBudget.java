package skein.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many log lines one cause may write within a second; the others are counted. A cause is the text of a log
 * statement before its values are put in, so that whoever makes the server write the same line again and again, with
 * whatever values, is bounded. Thread-safe; time comes from outside.
 */
final class LineBudget {
    /** Where more causes than this speak within one second, the rest of them count as one. */
    private static final int CAUSES_MAX = 1_000;

    private static final String OTHERS = "(others)";

    private final int linesMax;
    private final Map<String, Count> counts = new HashMap<>();
    private long second = Long.MIN_VALUE;
    private boolean somethingLeftOut;

    /** Lines that were not written. */
    record LeftOut(String cause, long lines) {}

    private static final class Count {
        private long lines;
    }

    /** @param linesMax of one cause in one second; 0 for no limit */
    LineBudget(int linesMax) {
        this.linesMax = linesMax;
    }

    /** Whether this line may be written. What was left out earlier counts until {@link #leftOut} has told it. */
    synchronized boolean admits(String cause, long nowSecond) {
        if (linesMax == 0) {
            return true;
        }
        if (nowSecond != second && !somethingLeftOut) {
            counts.clear();
            second = nowSecond;
        }
        boolean known = counts.containsKey(cause) || counts.size() < CAUSES_MAX;
        Count count = counts.computeIfAbsent(known ? cause : OTHERS, key -> new Count());
        boolean admitted = ++count.lines <= linesMax;
        somethingLeftOut |= !admitted;
        return admitted;
    }

    /** What was not written in seconds that are over, each cause once. */
    synchronized List<LeftOut> leftOut(long nowSecond) {
        if (nowSecond == second || !somethingLeftOut) {
            return List.of();
        }
        List<LeftOut> left = new ArrayList<>();
        counts.forEach((cause, count) -> {
            if (count.lines > linesMax) {
                left.add(new LeftOut(cause, count.lines - linesMax));
            }
        });
        counts.clear();
        somethingLeftOut = false;
        second = nowSecond;
        return left;
    }
}
