package skein.benchmarks.replication;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One line for each case and number of connections, with the ratio to the case without replicas. */
final class ReplicationTable {
    private static final String ALONE = "none";

    private final Consumer<String> out;

    ReplicationTable(Consumer<String> out) {
        this.out = out;
    }

    void head() {
        out.accept("%-12s%-16s%12s%12s%10s%10s%12s"
                .formatted("", "replicas", "connections", "commits/s", "p50 us", "p99 us", "of alone"));
    }

    void print(String system, Map<String, Map<Integer, Commits>> results) {
        Map<Integer, Commits> alone = results.getOrDefault(ALONE, Map.of());
        results.forEach((name, commits) -> commits.forEach((connections, figure) -> {
            Commits without = alone.get(connections);
            String ratio =
                    without == null ? "" : String.format(Locale.ROOT, "%.2f", figure.perSecond() / without.perSecond());
            out.accept(String.format(
                    Locale.ROOT,
                    "%-12s%-16s%12d%12.0f%10d%10d%12s",
                    system,
                    name,
                    connections,
                    figure.perSecond(),
                    figure.p50Micros(),
                    figure.p99Micros(),
                    ratio));
        }));
    }
}
