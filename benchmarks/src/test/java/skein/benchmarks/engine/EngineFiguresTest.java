package skein.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small runs of everything the driver measures: that it works, not how fast. */
final class EngineFiguresTest {
    @TempDir
    private Path directory;

    private List<String> run(String... figures) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        EngineMain.measure(EngineSettings.quick(directory), List.of(figures), lines::add);
        return lines;
    }

    @Test
    void everyRunNamesMachineHeapFlagsAndSyncPolicy() throws IOException, InterruptedException {
        List<String> lines = run("recovery");
        assertThat(lines.get(0)).contains("java " + Runtime.version(), "processors", "heap at most");
        assertThat(lines.get(1)).startsWith("flags");
        assertThat(lines.get(2)).contains("sync policy Off");
    }

    @Test
    void heapIsToldForNodesAndRelationshipsLoadedAndRecovered() throws IOException, InterruptedException {
        assertThat(run("heap"))
                .filteredOn(line -> line.contains("bytes/"))
                .hasSize(4)
                .allMatch(line -> line.contains("loaded") || line.contains("recovered"));
    }

    @Test
    void aSupernodeGrowsWithoutARepeatedTransaction() throws IOException, InterruptedException {
        assertThat(run("supernode")).anyMatch(line -> line.endsWith(" 0 transactions repeated"));
    }

    @Test
    void threeEnginesAndTheDiskStandInEveryRound() throws IOException, InterruptedException {
        List<String> lines = run("commits");
        for (int round = 1; round <= 3; round++) {
            String start = "round " + round;
            assertThat(lines)
                    .filteredOn(line -> line.contains(start))
                    .hasSize(4)
                    .satisfiesExactly(
                            disk -> assertThat(disk).contains("forced writes/s"),
                            skein -> assertThat(skein).contains("Skein", "commits/s", "p99.9"),
                            rocks -> assertThat(rocks).contains("RocksDB"),
                            h2 -> assertThat(h2).contains("H2 MVStore"));
        }
    }

    @Test
    void whatIsRecoveredFromLogAndFromSnapshotEqualsWhatWasLoaded() throws IOException, InterruptedException {
        assertThat(run("recovery"))
                .filteredOn(line -> line.contains("state hash"))
                .hasSize(2)
                .allMatch(line -> line.endsWith("state hash as before"));
    }

    @Test
    void writersAreMeasuredWithoutAndDuringASnapshot() throws IOException, InterruptedException {
        assertThat(run("snapshot"))
                .filteredOn(line -> line.contains("commits/s"))
                .hasSize(6)
                .allMatch(line -> line.contains("p99.9") && line.contains("collections"));
    }

    @Test
    void anUnknownFigureIsRefusedByName() {
        assertThatThrownBy(() -> run("speed")).hasMessageContaining("There is no figure 'speed'");
    }
}
