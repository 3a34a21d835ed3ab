package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What nodes and relationships may cost in heap, with compact object headers, measured in a process of its own. The
 * expected figures are the layout's: a node is a version of 48 B, an array of 32 B for its properties, a reference in
 * the directory and a bit under its label; a relationship is 16 B of columns and twice 8 B of adjacency with its slack.
 * A change of the layout that costs, or saves, more than a tenth has to say so here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MemoryBudgetTest {
    private static final double BYTES_PER_NODE = 83.5;
    private static final double BYTES_PER_RELATIONSHIP = 36.5;
    private static final double BYTES_PER_RELATIONSHIP_RECOVERED = 36.5;
    private static final Percentage TOLERANCE = Percentage.withPercentage(10);
    private static final long MARVEL_BYTES_MAX = 40L << 20;
    private static final long IDLE_BYTES_MAX = 2L << 20;

    private final Map<String, Long> told = new HashMap<>();

    @BeforeAll
    void measure(@TempDir Path directory) throws IOException, InterruptedException {
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        // every collection packs everything; otherwise it leaves holes where that is less work
                        "-XX:MarkSweepAlwaysCompactCount=1",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryProbe.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).as(output).isZero();
        output.lines().filter(line -> line.matches("\\w+=\\d+")).forEach(line -> {
            String[] pair = line.split("=", 2);
            told.put(pair[0], Long.parseLong(pair[1]));
        });
        assertThat(told).as(output).containsEntry("relationships", (long) MemoryProbe.MARVEL_RELATIONSHIPS);
    }

    private double bytes(String name) {
        return told.getOrDefault(name, Long.MIN_VALUE);
    }

    private double between(String before, String after) {
        return bytes(after) - bytes(before);
    }

    @Test
    void aNodeCostsWhatTheLayoutSays() {
        assertThat(between("fewNodes", "nodes") / MemoryProbe.NODES).isCloseTo(BYTES_PER_NODE, TOLERANCE);
    }

    @Test
    void aBareRelationshipCostsWhatTheLayoutSays() {
        assertThat(between("marvelNodes", "marvel") / MemoryProbe.MARVEL_RELATIONSHIPS)
                .isCloseTo(BYTES_PER_RELATIONSHIP, TOLERANCE);
        assertThat(between("marvelNodes", "marvelRecovered") / MemoryProbe.MARVEL_RELATIONSHIPS)
                .isCloseTo(BYTES_PER_RELATIONSHIP_RECOVERED, TOLERANCE);
    }

    @Test
    void aGraphLikeMarvelFitsInto40MebibytesAboveTheEmptyProcess() {
        assertThat(between("empty", "marvel")).isLessThan(MARVEL_BYTES_MAX);
        assertThat(between("empty", "marvelRecovered")).isLessThan(MARVEL_BYTES_MAX);
    }

    @Test
    void anIdleDatabaseTakesLessThanTwoMebibytes() {
        assertThat(between("empty", "idle")).isLessThan(IDLE_BYTES_MAX);
    }
}
