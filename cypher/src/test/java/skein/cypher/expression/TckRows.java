package skein.cypher.expression;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTable;
import io.cucumber.messages.types.PickleTableCell;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenarios of the openCypher TCK that ask one query of any graph and expect a table. */
final class TckRows {
    private TckRows() {}

    /**
     * One scenario.
     *
     * @param rows of the expected table, columns first
     */
    record Scenario(String name, String query, List<List<String>> rows) {
        List<String> columns() {
            return rows.get(0);
        }

        List<List<String>> expected() {
            return rows.subList(1, rows.size());
        }
    }

    static List<Scenario> all() throws IOException, URISyntaxException {
        URI jar = Objects.requireNonNull(TckRows.class.getResource("/features")).toURI();
        List<Scenario> scenarios = new ArrayList<>();
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
                Stream<Path> paths = Files.walk(files.getPath("/features"))) {
            for (Path path : paths.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList()) {
                read(path.getFileName().toString(), Files.readAllBytes(path), scenarios);
            }
        }
        return scenarios;
    }

    private static void read(String file, byte[] feature, List<Scenario> into) {
        GherkinParser.builder()
                .includeSource(false)
                .includeGherkinDocument(false)
                .build()
                .parse(file, feature)
                .map(Envelope::getPickle)
                .flatMap(Optional::stream)
                .map(pickle -> scenario(file, pickle))
                .flatMap(Optional::stream)
                .forEach(into::add);
    }

    private static Optional<Scenario> scenario(String file, Pickle pickle) {
        String query = "";
        List<List<String>> rows = List.of();
        for (PickleStep step : pickle.getSteps()) {
            switch (step.getText()) {
                case "any graph", "an empty graph", "no side effects" -> {}
                case "executing query:" ->
                    query = step.getArgument()
                            .orElseThrow()
                            .getDocString()
                            .orElseThrow()
                            .getContent();
                case "the result should be, in any order:", "the result should be, in order:" ->
                    rows = cells(step.getArgument().orElseThrow().getDataTable().orElseThrow());
                default -> {
                    return Optional.empty();
                }
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Scenario(file + " " + pickle.getName(), query, rows));
    }

    private static List<List<String>> cells(PickleTable table) {
        return table.getRows().stream()
                .map(row ->
                        row.getCells().stream().map(PickleTableCell::getValue).toList())
                .toList();
    }
}
