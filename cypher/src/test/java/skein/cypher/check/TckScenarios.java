package skein.cypher.check;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scenarios of the openCypher TCK, outlines expanded, as far as parsing and checking is concerned. */
final class TckScenarios {
    private static final Pattern FAILURE =
            Pattern.compile("an? (\\w+) should be raised at (compile time|runtime|any time): (\\S+)");

    private TckScenarios() {}

    /**
     * One scenario.
     *
     * @param name unique: feature, scenario, and the number of the example for outlines
     * @param setup queries that run first and succeed
     * @param procedures a procedure is declared for this scenario alone
     */
    record Scenario(String name, List<String> setup, String query, Optional<Failure> failure, boolean procedures) {}

    /** An expected error: {@code SyntaxError}, {@code compile time}, {@code UndefinedVariable}. */
    record Failure(String type, String phase, String detail) {
        boolean beforeRunning() {
            return phase.equals("compile time");
        }
    }

    static List<Scenario> all() {
        try {
            URI jar = Objects.requireNonNull(TckScenarios.class.getResource("/features"))
                    .toURI();
            try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
                return read(files.getPath("/features"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Scenario> read(Path root) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList()) {
                scenarios.addAll(read(path.getFileName().toString(), Files.readAllBytes(path)));
            }
        }
        return scenarios;
    }

    private static List<Scenario> read(String file, byte[] feature) {
        GherkinParser parser = GherkinParser.builder()
                .includeSource(false)
                .includeGherkinDocument(false)
                .build();
        List<Pickle> pickles = parser.parse(file, feature)
                .map(Envelope::getPickle)
                .flatMap(Optional::stream)
                .toList();
        Map<String, Integer> seen = new HashMap<>();
        List<Scenario> scenarios = new ArrayList<>();
        for (Pickle pickle : pickles) {
            int example = seen.merge(pickle.getName(), 1, Integer::sum);
            String name = file.replace(".feature", "") + " " + pickle.getName() + " #" + example;
            scenarios.add(scenario(name, pickle.getSteps()));
        }
        return scenarios;
    }

    private static Scenario scenario(String name, List<PickleStep> steps) {
        List<String> setup = new ArrayList<>();
        String query = "";
        Optional<Failure> failure = Optional.empty();
        boolean procedures = false;
        for (PickleStep step : steps) {
            Matcher raised = FAILURE.matcher(step.getText());
            if (step.getText().equals("having executed:")) {
                setup.add(text(step));
            } else if (step.getText().equals("executing query:")) {
                query = text(step);
            } else if (raised.matches()) {
                failure = Optional.of(new Failure(raised.group(1), raised.group(2), raised.group(3)));
            } else if (step.getText().startsWith("there exists a procedure")) {
                procedures = true;
            } else if (step.getText().equals("executing control query:")) {
                setup.add(text(step));
            }
        }
        return new Scenario(name, setup, query, failure, procedures);
    }

    private static String text(PickleStep step) {
        return step.getArgument().orElseThrow().getDocString().orElseThrow().getContent();
    }
}
