package skein.tck;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleDocString;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleStepArgument;
import io.cucumber.messages.types.PickleTable;
import io.cucumber.messages.types.PickleTableCell;
import io.cucumber.messages.types.PickleTag;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
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
import java.util.stream.Stream;
import skein.tck.Scenario.Step;

/** Reads the feature files out of the openCypher TCK's jar, which stands on the test class path. */
public final class FeatureFiles {
    private static final String ROOT = "/features";

    private FeatureFiles() {}

    /** All scenarios, in the order of their files' paths. */
    public static List<Scenario> all() throws IOException, URISyntaxException {
        URL root =
                Objects.requireNonNull(FeatureFiles.class.getResource(ROOT), "the TCK's jar is not on the class path");
        try (FileSystem jar = FileSystems.newFileSystem(root.toURI(), Map.of());
                Stream<Path> paths = Files.walk(jar.getPath(ROOT))) {
            List<Scenario> scenarios = new ArrayList<>();
            for (Path path : paths.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList()) {
                scenarios.addAll(scenariosOf(jar.getPath(ROOT).relativize(path).toString(), Files.readAllLines(path)));
            }
            return scenarios;
        }
    }

    private static List<Scenario> scenariosOf(String file, List<String> lines) {
        GherkinParser parser = GherkinParser.builder()
                .includeSource(false)
                .includeGherkinDocument(false)
                .build();
        byte[] text = String.join("\n", withoutOrphanRows(lines)).getBytes(StandardCharsets.UTF_8);
        Map<String, Integer> timesSeen = new HashMap<>();
        List<Scenario> scenarios = new ArrayList<>();
        for (Envelope envelope : parser.parse(file, text).toList()) {
            envelope.getParseError().ifPresent(error -> {
                throw new IllegalStateException(file + ": " + error.getMessage());
            });
            envelope.getPickle().ifPresent(pickle -> scenarios.add(scenarioOf(file, pickle, timesSeen)));
        }
        return scenarios;
    }

    private static Scenario scenarioOf(String file, Pickle pickle, Map<String, Integer> timesSeen) {
        int time = timesSeen.merge(pickle.getName(), 1, Integer::sum);
        boolean fromOutline = pickle.getAstNodeIds().size() > 1;
        String name = fromOutline || time > 1 ? pickle.getName() + " #" + time : pickle.getName();
        return new Scenario(
                file,
                name,
                pickle.getSteps().stream().map(FeatureFiles::stepOf).toList(),
                pickle.getTags().stream().map(PickleTag::getName).toList());
    }

    private static Step stepOf(PickleStep step) {
        // some steps end in a colon, one in a stray comment sign
        String text = step.getText().replaceFirst("[\\s:#]+$", "");
        return new Step(
                text,
                step.getArgument().flatMap(PickleStepArgument::getDocString).map(PickleDocString::getContent),
                step.getArgument()
                        .flatMap(PickleStepArgument::getDataTable)
                        .map(FeatureFiles::rowsOf)
                        .orElse(List.of()));
    }

    private static List<List<String>> rowsOf(PickleTable table) {
        return table.getRows().stream()
                .map(row ->
                        row.getCells().stream().map(PickleTableCell::getValue).toList())
                .toList();
    }

    /** One feature file has table rows right behind a text block, where Gherkin allows none. */
    private static List<String> withoutOrphanRows(List<String> lines) {
        List<String> kept = new ArrayList<>();
        boolean inBlock = false;
        boolean justLeftBlock = false;
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith("\"\"\"")) {
                inBlock = !inBlock;
                justLeftBlock = !inBlock;
            } else if (justLeftBlock && text.startsWith("|")) {
                continue;
            } else if (!text.isEmpty()) {
                justLeftBlock = false;
            }
            kept.add(line);
        }
        return kept;
    }
}
