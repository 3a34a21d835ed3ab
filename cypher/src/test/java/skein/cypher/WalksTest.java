package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.fixture.TestDatabase;
import skein.graph.Value;

/**
 * What is found breadth first is what trying every walk finds: far nodes that are wanted once, and shortest walks. A
 * walk with a name is walked step by step, so each query is asked in both ways.
 */
final class WalksTest {
    private static final int GRAPHS = 40;
    private static final int NODES = 6;
    private static final List<String> LENGTHS = List.of("*1..1", "*1..2", "*1..3", "*1..4", "*0..2", "*..3");
    private static final List<String> TYPES = List.of("", ":R", ":R|S");

    @TempDir
    Path directory;

    @Test
    void farNodesAreThoseThatSomeWalkLeadsTo() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            try (TestDatabase database = randomGraph(random, directory.resolve("far" + seed))) {
                for (String length : LENGTHS) {
                    String type = TYPES.get(random.nextInt(TYPES.size()));
                    for (String walk : List.of("-[%s]->", "<-[%s]-", "-[%s]-")) {
                        String unnamed = walk.formatted(type + length);
                        String named = walk.formatted("walk" + type + length);
                        for (String rest : List.of(
                                "(b) RETURN a.i, count(DISTINCT b) AS n ORDER BY a.i",
                                "(b) WHERE b <> a WITH DISTINCT a, b RETURN a.i, b.i ORDER BY a.i, b.i",
                                "(b)-->(c) RETURN DISTINCT a.i, b.i, c.i ORDER BY a.i, b.i, c.i")) {
                            List<List<Value>> found = rows(database, "MATCH (a:N)" + unnamed + rest);
                            assertThat(found)
                                    .as("seed %d, MATCH (a:N)%s%s", seed, unnamed, rest)
                                    .isEqualTo(rows(database, "MATCH (a:N)" + named + rest));
                        }
                    }
                }
            }
        }
    }

    @Test
    void shortestWalksAreTheShortestOfAll() {
        String pair = "MATCH (a:N), (b:N) WHERE a <> b ";
        for (int seed = 0; seed < GRAPHS; seed++) {
            try (TestDatabase database = randomGraph(new Random(seed), directory.resolve("short" + seed))) {
                for (String walk : List.of("-[%s:R*..4]->", "<-[%s:R*..4]-", "-[%s*..4]-")) {
                    String unnamed = walk.formatted("");
                    String every = pair + "MATCH (a)" + walk.formatted("walk") + "(b) WITH a, b, size(walk) AS n"
                            + " WITH a, b, collect(n) AS all, min(n) AS least"
                            + " RETURN a.i, b.i, least, size([x IN all WHERE x = least]) ORDER BY a.i, b.i";
                    String shortest = pair + "MATCH p = allShortestPaths((a)" + unnamed + "(b))"
                            + " RETURN a.i, b.i, min(length(p)), count(DISTINCT relationships(p)) ORDER BY a.i, b.i";
                    assertThat(rows(database, shortest))
                            .as("seed %d, %s", seed, walk)
                            .isEqualTo(rows(database, every));
                    String one = pair + "MATCH p = shortestPath((a)" + unnamed + "(b)) RETURN a.i, b.i, length(p),"
                            + " all(i IN range(0, length(p) - 1) WHERE nodes(p)[i] IN"
                            + " [startNode(relationships(p)[i]), endNode(relationships(p)[i])])"
                            + " ORDER BY a.i, b.i";
                    assertThat(rows(database, one))
                            .as("seed %d, %s", seed, walk)
                            .isEqualTo(rows(
                                    database, every.replace("size([x IN all WHERE x = least])", "true AS joined")));
                }
            }
        }
    }

    private static List<List<Value>> rows(TestDatabase database, String query) {
        return database.run(query).rows();
    }

    /** Few nodes, loops and parallel relationships included. */
    private static TestDatabase randomGraph(Random random, Path directory) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            parts.add("(n%d:N {i: %d})".formatted(i, i));
        }
        int relationships = random.nextInt(2 * NODES);
        for (int i = 0; i < relationships; i++) {
            parts.add("(n%d)-[:%s]->(n%d)"
                    .formatted(random.nextInt(NODES), random.nextBoolean() ? "R" : "S", random.nextInt(NODES)));
        }
        TestDatabase database = new TestDatabase(directory);
        database.run("CREATE " + String.join(", ", parts));
        return database;
    }
}
