package skein.benchmarks.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.benchmarks.bolt.ServerProcess;
import skein.benchmarks.bolt.Servers;

/** Every workload once and small: that its queries run, find something, and are measured. */
final class CypherFiguresTest {
    private static final CypherSettings QUICK = CypherSettings.quick();

    @TempDir
    Path directory;

    @Test
    void everyWorkloadRunsAndAgreesWithItself() throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        List<Workload> workloads = CypherMain.workloads(QUICK);
        try (ServerProcess server = new Servers(directory, Path.of("")).skeinAsShipped("")) {
            CypherMain.load(server, QUICK);
            for (Workload workload : workloads) {
                if (workload.checked() && Comparison.agree(workload, server, server) == 0) {
                    empty.add(workload.name());
                }
            }
            CypherTable table = new CypherTable(lines::add);
            try (Measurement measurement = new Measurement(server, List.of(4))) {
                for (Workload workload : workloads) {
                    Figure figure = new Figure();
                    measurement.round(workload, 4, QUICK.time(), figure);
                    table.row(workload, 4, List.of(figure, figure));
                }
            }
        }
        assertThat(workloads).hasSize(11 + 21);
        assertThat(lines).hasSize(workloads.size()).allMatch(line -> line.contains("1.0x"));
        assertThat(empty).as("queries that say nothing").isEmpty();
    }

    @Test
    void aDifferenceOfAnswersEndsTheRun() throws IOException {
        try (ServerProcess server = new Servers(directory, Path.of("")).skeinAsShipped("")) {
            Workload chance = Workload.read("chance", "RETURN rand()", i -> Map.of());
            assertThatThrownBy(() -> Comparison.agree(chance, server, server))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("differ");
        }
    }

    @Test
    void argumentsChangeWhatIsMeasured() {
        CypherSettings settings = CypherSettings.parse(
                new String[] {"--nodes=7", "--seconds=0.5", "--connections=1,2", "--only=IC1", "--alone"});
        assertThat(settings.nodes()).isEqualTo(7);
        assertThat(settings.time()).hasMillis(500);
        assertThat(settings.connections()).containsExactly(1, 2);
        assertThat(settings.peer()).isFalse();
        assertThat(CypherMain.workloads(settings).stream().filter(settings::wants))
                .extracting(Workload::name)
                .first()
                .asString()
                .startsWith("IC1");
        assertThatThrownBy(() -> CypherSettings.parse(new String[] {"--node=1"}))
                .hasMessageContaining("--nodes");
    }
}
