package skein.benchmarks.failover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Some measured times, in milliseconds. */
final class Sample {
    private static final double HUNDRED = 100.0;

    private final List<Long> millis = new ArrayList<>();

    void add(long time) {
        millis.add(time);
        Collections.sort(millis);
    }

    int count() {
        return millis.size();
    }

    /** The smallest one that so many percent do not exceed; -1 without any. */
    long percentile(int percent) {
        return millis.isEmpty() ? -1 : millis.get((int) Math.ceil(percent / HUNDRED * millis.size()) - 1);
    }

    long max() {
        return millis.isEmpty() ? -1 : millis.getLast();
    }
}
