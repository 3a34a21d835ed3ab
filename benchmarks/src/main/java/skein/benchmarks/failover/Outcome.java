package skein.benchmarks.failover;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one part has measured: times by name, and counts by name, in the order in which they were first met. */
final class Outcome {
    private final Map<String, Sample> times = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** Negative for what was not seen: it is left out. */
    void time(String name, long millis) {
        Sample sample = times.computeIfAbsent(name, key -> new Sample());
        if (millis >= 0) {
            sample.add(millis);
        }
    }

    void count(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    Map<String, Sample> times() {
        return times;
    }

    Map<String, Long> counts() {
        return counts;
    }
}
