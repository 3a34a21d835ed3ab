package skein.cypher.tck;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleDocString;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleStepArgument;
import io.cucumber.messages.types.PickleTable;
import io.cucumber.messages.types.PickleTableCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skein.cypher.tck.Scenario.Step;

/** The scenarios of the openCypher TCK, as its artifact on the class path has them. */
public final class TckFeatures {
    private TckFeatures() {}

    public static List<Scenario> all() {
        try {
            URI features = Objects.requireNonNull(TckFeatures.class.getResource("/features"))
                    .toURI();
            try (FileSystem jar = FileSystems.newFileSystem(features, Map.of())) {
                return read(jar.getPath("/features"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Scenario> read(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList();
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files) {
            scenarios.addAll(read(root.relativize(file).toString(), Files.readAllLines(file)));
        }
        return scenarios;
    }

    private static List<Scenario> read(String file, List<String> lines) {
        GherkinParser parser = GherkinParser.builder()
                .includeSource(false)
                .includeGherkinDocument(false)
                .build();
        List<Envelope> messages = parser.parse(file, withoutStrayRows(lines)).toList();
        Map<String, Integer> seen = new HashMap<>();
        List<Scenario> scenarios = new ArrayList<>();
        for (Envelope message : messages) {
            message.getParseError().ifPresent(error -> {
                throw new IllegalStateException(file + ": " + error.getMessage());
            });
            message.getPickle().ifPresent(pickle -> scenarios.add(scenario(file, pickle, seen)));
        }
        return scenarios;
    }

    /** A table right behind a text block belongs to no step; the TCK has some, and this parser refuses them. */
    private static byte[] withoutStrayRows(List<String> lines) {
        StringBuilder kept = new StringBuilder();
        boolean inText = false;
        boolean behindText = false;
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("\"\"\"")) {
                inText = !inText;
                behindText = !inText;
            } else if (behindText && text.startsWith("|")) {
                continue;
            } else if (!text.isEmpty()) {
                behindText = false;
            }
            kept.append(line).append('\n');
        }
        return kept.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Scenario scenario(String file, Pickle pickle, Map<String, Integer> seen) {
        int number = seen.merge(pickle.getName(), 1, Integer::sum);
        boolean ofOutline = pickle.getAstNodeIds().size() > 1;
        List<Step> steps = pickle.getSteps().stream().map(TckFeatures::step).toList();
        return new Scenario(file, pickle.getName(), number, ofOutline, steps);
    }

    private static Step step(PickleStep step) {
        Optional<PickleStepArgument> argument = step.getArgument();
        return new Step(
                step.getText().strip().replaceFirst(":$", ""),
                argument.flatMap(PickleStepArgument::getDocString).map(PickleDocString::getContent),
                argument.flatMap(PickleStepArgument::getDataTable)
                        .map(TckFeatures::rows)
                        .orElse(List.of()));
    }

    private static List<List<String>> rows(PickleTable table) {
        return table.getRows().stream()
                .map(row ->
                        row.getCells().stream().map(PickleTableCell::getValue).toList())
                .toList();
    }
}
