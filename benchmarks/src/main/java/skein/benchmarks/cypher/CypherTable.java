package skein.benchmarks.cypher;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The figures of one run, a line for each, a server beside the other. */
final class CypherTable {
    private final Consumer<String> out;

    CypherTable(Consumer<String> out) {
        this.out = out;
    }

    void head(List<String> servers) {
        StringBuilder line = new StringBuilder("%-30s%6s".formatted("", "conns"));
        for (String server : servers) {
            line.append("%13s%10s%10s%10s".formatted(server + " /s", "p50 us", "p99 us", "CPU us"));
        }
        if (servers.size() > 1) {
            line.append("%9s%9s%9s".formatted("by rate", "by p99", "by CPU"));
        }
        out.accept(line.toString());
    }

    void row(Workload workload, int connections, List<Figure> figures) {
        StringBuilder line = new StringBuilder("%-30s%6d".formatted(workload.name(), connections));
        for (Figure figure : figures) {
            line.append(String.format(
                    Locale.ROOT,
                    "%,13.0f%,10d%,10d%,10.0f",
                    figure.perSecond(),
                    figure.p50Micros(),
                    figure.p99Micros(),
                    figure.processorMicros()));
        }
        if (figures.size() > 1) {
            Figure ours = figures.getFirst();
            Figure theirs = figures.getLast();
            line.append(String.format(
                    Locale.ROOT,
                    "%8.1fx%8.1fx%8.1fx",
                    ours.perSecond() / theirs.perSecond(),
                    theirs.p99Micros() / (double) ours.p99Micros(),
                    theirs.processorMicros() / ours.processorMicros()));
        }
        out.accept(line.toString());
    }
}
