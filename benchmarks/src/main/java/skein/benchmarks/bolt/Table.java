package skein.benchmarks.bolt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.benchmarks.bolt.Figures.Figure;

/** The figures of one run: a line for each, a server beside the other. */
final class Table {
    private static final double KIB = 1024;
    private static final String NO_PEER = "";

    private final Consumer<String> out;

    Table(Consumer<String> out) {
        this.out = out;
    }

    /** @param peer empty when none was measured */
    void print(Map<String, Figure> skein, Map<String, Figure> peer) {
        row("", List.of("Skein /s", "/s of CPU", "Neo4j /s", "/s of CPU", "by CPU"));
        skein.forEach((name, figure) -> {
            Figure other = peer.get(name);
            row(name, figure.perSecond() > 0 ? rates(figure, other) : memory(figure, other));
        });
    }

    private static List<String> rates(Figure figure, @Nullable Figure other) {
        if (other == null) {
            return List.of(number(figure.perSecond()), number(figure.perProcessorSecond()), NO_PEER, NO_PEER, NO_PEER);
        }
        return List.of(
                number(figure.perSecond()),
                number(figure.perProcessorSecond()),
                number(other.perSecond()),
                number(other.perProcessorSecond()),
                ratio(figure.perProcessorSecond() / other.perProcessorSecond()));
    }

    private static List<String> memory(Figure figure, @Nullable Figure other) {
        return List.of(
                "",
                kib(figure.perProcessorSecond()),
                "",
                other == null ? NO_PEER : kib(other.perProcessorSecond()),
                other == null ? NO_PEER : ratio(other.perProcessorSecond() / figure.perProcessorSecond()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String kib(double bytes) {
        return String.format(Locale.ROOT, "%.1f KiB", bytes / KIB);
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.1f x", ratio);
    }

    private void row(String name, List<String> cells) {
        StringBuilder line = new StringBuilder("%-28s".formatted(name));
        cells.forEach(cell -> line.append("%14s".formatted(cell)));
        out.accept(line.toString());
    }
}
