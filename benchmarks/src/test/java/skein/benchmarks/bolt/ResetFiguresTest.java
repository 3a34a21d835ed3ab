package skein.benchmarks.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the figures of RESET measure what they say. */
final class ResetFiguresTest {
    @TempDir
    Path directory;

    @Test
    void everyQueryIsUnderstoodAndSomeAreInterrupted() throws IOException {
        try (ServerProcess server = new Servers(directory, Path.of("")).skein("")) {
            try (ClosedLoop once = new ClosedLoop(server.address(), server.login(), 1)) {
                for (HeavyQuery query : HeavyQuery.ALL) {
                    once.run(Requests.query("EXPLAIN " + query.text(), ""), Duration.ZERO);
                }
            }
            for (String name : List.of("count", "rows, not read", "regular expression")) {
                HeavyQuery query = HeavyQuery.ALL.stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
                assertThat(new Resets(server.address(), server.login()).of(query, Duration.ofMillis(500)))
                        .as(name)
                        .isNotEmpty()
                        .allMatch(reset -> reset.millis() > 0);
            }
        }
    }

    @Test
    void pausesAreReadFromTheCollectorsLog() throws IOException {
        Path log = Files.writeString(directory.resolve("collector.log"), """
                [1764000000100ms] Using G1
                [1764000001000ms] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(256M) 12.500ms
                [1764000001100ms] GC(1) Concurrent Mark Cycle
                [1764000001200ms] GC(1) Pause Remark 30M->30M(256M) 1.000ms
                """);
        List<CollectorLog.Pause> pauses = CollectorLog.read(log);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.getFirst().millis()).isCloseTo(12.5, within(0.001));
        assertThat(pauses.getFirst().within(1764000000990.0, 1764000002000.0)).isCloseTo(10, within(0.001));
        assertThat(pauses.getFirst().within(1764000001000.5, 1764000002000.0)).isZero();
    }

    @Test
    void sharesAreThoseOfSortedFigures() {
        double[] sorted = {1, 2, 3, 4};
        assertThat(ResetMain.at(sorted, 0)).isEqualTo(1);
        assertThat(ResetMain.at(sorted, 0.5)).isEqualTo(3);
        assertThat(ResetMain.at(sorted, 1)).isEqualTo(4);
        assertThat(ResetMain.at(new double[0], 0.5)).isNaN();
    }

    @Test
    void argumentsChangeWhatIsMeasured() {
        assertThat(ResetMain.parse(new String[] {"--seconds=2", "--load=0", "--only=sort", "--jvm=-Xmx1g"}))
                .isEqualTo(new ResetMain.Settings(Duration.ofSeconds(2), 0, "sort", "-Xmx1g"));
        assertThatThrownBy(() -> ResetMain.parse(new String[] {"--second"})).hasMessageContaining("--seconds");
    }
}
