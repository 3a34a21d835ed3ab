package skein.benchmarks.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Figures of the engine alone: {@code [figure ...] [--nodes=N] [--relationships=N] [--sessions=N] [--seconds=N]
 * [--directory=D] [--quick]}; without a name, all of them. Point reads, expansion and apply are JMH's, in
 * {@code skein.benchmarks.micro}.
 */
public final class EngineMain {
    private static final Map<String, Figure> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("heap", new HeapFigure());
        FIGURES.put("supernode", new SupernodeFigure());
        FIGURES.put("commits", new CommitFigure());
        FIGURES.put("recovery", new RecoveryFigure());
        FIGURES.put("snapshot", new SnapshotFigure());
    }

    private EngineMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("skein-engine-");
        List<String> names = new ArrayList<>();
        EngineSettings settings = EngineSettings.whole(directory);
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                settings = with(settings, argument);
            } else {
                names.add(argument);
            }
        }
        measure(settings, names, System.out::println);
    }

    /** Measures the named figures, or all, one after another. */
    static void measure(EngineSettings settings, List<String> names, Consumer<String> out)
            throws IOException, InterruptedException {
        Report report = new Report(out);
        report.machine();
        for (String name : names.isEmpty() ? List.copyOf(FIGURES.keySet()) : names) {
            Figure figure = FIGURES.get(name);
            if (figure == null) {
                throw new IllegalArgumentException("There is no figure '" + name + "', but: " + FIGURES.keySet());
            }
            Path own = settings.directory().resolve(name);
            Files.createDirectories(own);
            figure.measure(settings.in(own), report);
            delete(own);
        }
    }

    private static EngineSettings with(EngineSettings settings, String option) {
        int at = option.indexOf('=');
        String name = at < 0 ? option : option.substring(0, at);
        String value = at < 0 ? "" : option.substring(at + 1);
        return switch (name) {
            case "--nodes" -> settings.withNodes(Integer.parseInt(value));
            case "--relationships" -> settings.withRelationships(Integer.parseInt(value));
            case "--sessions" -> settings.withSessions(Integer.parseInt(value));
            case "--seconds" -> settings.withTime(Duration.ofSeconds(Long.parseLong(value)));
            case "--directory" -> settings.in(Path.of(value));
            case "--quick" -> EngineSettings.quick(settings.directory());
            default -> throw new IllegalArgumentException("There is no option '" + option + "'.");
        };
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            below.sorted(Comparator.reverseOrder()).forEach(EngineMain::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
