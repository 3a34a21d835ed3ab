package skein.cypher.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.differential.Differential.Outcome;
import skein.cypher.differential.Differential.Verdict;
import skein.cypher.differential.EngineSubject.Own;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Statement;
import skein.naive.NaiveGraph;
import skein.naive.NaiveRun;

/**
 * Random queries on random graphs: the engine answers what they mean, with indexes and without, on graphs that are
 * committed and on such as the transaction makes itself. {@code -Dskein.differential.queries=N} for more than a build
 * asks, {@code -Dskein.differential.from=SEED} for others, {@code -Dskein.differential.seed=SEED} for one alone,
 * {@code -Dskein.differential.differences=N} to see more than the first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DifferentialTest {
    private static final long QUERIES = Long.getLong("skein.differential.queries", 20_000);
    private static final long FROM = Long.getLong("skein.differential.from", 0);
    private static final long SEED = Long.getLong("skein.differential.seed", -1);
    private static final int DIFFERENCES_MAX = Integer.getInteger("skein.differential.differences", 1);
    private static final int QUERIES_MEANINGFUL = 1_000;
    private static final String REGRESSIONS = "regressions.txt";

    private final List<EngineSubject> subjects = new ArrayList<>();

    @BeforeAll
    void open(@TempDir Path directory) {
        subjects.add(new EngineSubject(directory.resolve("plain"), false, Own.NOTHING));
        subjects.add(new EngineSubject(directory.resolve("indexed"), true, Own.NOTHING));
        subjects.add(new EngineSubject(directory.resolve("own"), false, Own.ALL));
        subjects.add(new EngineSubject(directory.resolve("mixed"), true, Own.SOME));
    }

    @AfterAll
    void close() {
        subjects.forEach(EngineSubject::close);
    }

    /** Blocks of a graph, a query, and a number that says which parameters, mended once. */
    @Test
    @Order(1)
    void whatWasMendedStaysSo() throws IOException {
        List<String> blocks;
        try (InputStream stream =
                Objects.requireNonNull(DifferentialTest.class.getResourceAsStream(REGRESSIONS), REGRESSIONS)) {
            blocks = List.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n\n"));
        }
        for (String block : blocks) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                NaiveGraph graph = NaiveRun.graphAfter(query(lines.get(0)), new NaiveGraph());
                check(new Case(graph, query(lines.get(1)), Integer.parseInt(lines.get(2))));
            }
        }
    }

    private void check(Case question) {
        for (EngineSubject subject : subjects) {
            Verdict verdict = Differential.judge(question, subject);
            assertThat(verdict.outcome())
                    .as("%s\n%s\n%s", GraphText.of(question.graph()), question.text(), verdict.story())
                    .isIn(Outcome.AGREES, Outcome.AGREES_ON_NOTHING, Outcome.AGREES_ON_ERROR);
        }
    }

    private static Query query(String text) {
        return ((Statement.Data) CypherParser.parse(text)).query();
    }

    @Test
    @Order(2)
    void theEngineAnswersWhatQueriesMean() {
        long from = SEED >= 0 ? SEED : FROM;
        long to = SEED >= 0 ? SEED + 1 : FROM + QUERIES;
        Campaign campaign = new Campaign(subjects, (query, story) -> "").play(from, to, DIFFERENCES_MAX);
        System.out.println(campaign);
        campaign.differences().forEach(System.out::println);
        assertThat(campaign.differences()).hasSize(0);
        if (to - from >= QUERIES_MEANINGFUL) {
            assertThat(campaign.share(Outcome.AGREES)).as(campaign.toString()).isGreaterThanOrEqualTo(50);
            for (Outcome outcome : List.of(Outcome.OPEN, Outcome.TOO_LARGE, Outcome.REFUSED)) {
                assertThat(campaign.share(outcome)).as(campaign.toString()).isLessThan(3);
            }
        }
    }
}
