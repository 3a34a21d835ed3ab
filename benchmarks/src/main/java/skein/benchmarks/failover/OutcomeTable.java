package skein.benchmarks.failover;

import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What was measured, a line for each kind of time. */
final class OutcomeTable {
    private static final String ROW = "  %-40s %6s %8s %8s %8s";

    private final Consumer<String> out;

    OutcomeTable(Consumer<String> out) {
        this.out = out;
    }

    void print(String title, Outcome outcome) {
        out.accept(title);
        if (!outcome.times().isEmpty()) {
            out.accept(ROW.formatted("milliseconds", "times", "p50", "p99", "max"));
        }
        outcome.times()
                .forEach((name, sample) -> out.accept(ROW.formatted(
                        name, sample.count(), sample.percentile(50), sample.percentile(99), sample.max())));
        if (!outcome.counts().isEmpty()) {
            out.accept("  "
                    + outcome.counts().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }
}
