package skein.cypher.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Statement;

/**
 * Queries and the plans they get, in text files: a described graph, then for each query a line with the reason why a
 * bad plan would hurt, the query and its plan. {@code -Dskein.plans.write=true} writes the plans anew; read the
 * difference before you keep it.
 */
final class PlanFilesTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/skein/cypher/plan");
    private static final boolean WRITE = Boolean.getBoolean("skein.plans.write");
    private static final int QUERIES_MIN = 80;

    /** @param plan empty when none is written yet */
    private record Case(List<String> reason, List<String> query, List<String> plan) {
        String text() {
            return String.join("\n", reason) + "\n" + String.join("\n", query) + "\n" + String.join("\n", plan) + "\n";
        }
    }

    private record PlanFile(Path path, List<String> graph, List<Case> cases) {
        static PlanFile read(Path path) {
            List<List<String>> blocks = blocks(path);
            return new PlanFile(
                    path,
                    blocks.getFirst(),
                    blocks.subList(1, blocks.size()).stream()
                            .map(PlanFilesTest::parsed)
                            .toList());
        }

        void write() {
            List<String> texts = cases.stream()
                    .map(found -> new Case(found.reason, found.query, plan(graph, found)).text())
                    .toList();
            try {
                Files.writeString(path, String.join("\n", graph) + "\n\n" + String.join("\n", texts));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<List<String>> blocks(Path path) {
        List<List<String>> blocks = new ArrayList<>();
        blocks.add(new ArrayList<>());
        try {
            for (String line : Files.readAllLines(path)) {
                if (line.isBlank()) {
                    blocks.add(new ArrayList<>());
                } else {
                    blocks.getLast().add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        blocks.removeIf(List::isEmpty);
        return blocks;
    }

    private static Case parsed(List<String> block) {
        return new Case(
                block.stream().filter(line -> line.startsWith("#")).toList(),
                block.stream()
                        .filter(line -> !line.startsWith("#") && !isPlan(line))
                        .toList(),
                block.stream().filter(PlanFilesTest::isPlan).toList());
    }

    private static boolean isPlan(String line) {
        return line.startsWith(" *") || line.startsWith(" |");
    }

    private static List<String> plan(List<String> graph, Case found) {
        List<String> facts =
                graph.stream().filter(line -> !line.startsWith("#")).toList();
        Statement.Data statement = (Statement.Data) CypherParser.parse(String.join("\n", found.query));
        QueryPlanner planner =
                new QueryPlanner(DescribedGraph.of(facts), new SlotAllocator(), BuiltInProcedures.registry());
        LogicalPlan plan = planner.plan(statement.query()).plan();
        return PlanDescription.of(plan, planner.estimates()).lines().stream()
                .map(PlanDescription.Line::text)
                .toList();
    }

    private static Stream<PlanFile> files() {
        try (Stream<Path> paths = Files.list(DIRECTORY)) {
            return paths.sorted().toList().stream().map(PlanFile::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyQueryHasThePlanThatIsWritten() {
        return files().flatMap(file -> {
            if (WRITE) {
                file.write();
            }
            return PlanFile.read(file.path).cases.stream()
                    .map(found -> DynamicTest.dynamicTest(
                            String.join(" ", found.reason),
                            () -> assertThat(plan(file.graph, found))
                                    .as("%s", found.query)
                                    .isEqualTo(found.plan)));
        });
    }

    @Test
    void enoughQueriesAreWatched() {
        assertThat(files().mapToLong(file -> file.cases.size()).sum()).isGreaterThanOrEqualTo(QUERIES_MIN);
    }
}
