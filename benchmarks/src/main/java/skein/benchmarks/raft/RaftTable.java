package skein.benchmarks.raft;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One line for each side and number of clients. */
final class RaftTable {
    private final Consumer<String> out;

    RaftTable(Consumer<String> out) {
        this.out = out;
    }

    void head() {
        out.accept("%-16s%10s%12s%10s%10s".formatted("", "clients", "commits/s", "p50 us", "p99 us"));
    }

    void print(String side, Map<Integer, Rate> rates) {
        rates.forEach((clients, rate) -> out.accept(String.format(
                Locale.ROOT,
                "%-16s%10d%12.0f%10d%10d",
                side,
                clients,
                rate.perSecond(),
                rate.p50Micros(),
                rate.p99Micros())));
    }
}
