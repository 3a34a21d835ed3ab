package skein.benchmarks.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some figures once and small: that they measure what they say. */
final class ReplicationFiguresTest {
    @TempDir
    Path directory;

    @Test
    void commitsAreMeasuredWithAndWithoutAReplica() throws IOException, InterruptedException {
        ReplicationSettings settings =
                ReplicationSettings.parse("--seconds=0.2", "--connections=2", "--only=none,1 SYNC");
        Map<String, Map<Integer, Commits>> results = new SkeinCommits(settings, directory).measure(what -> {});
        assertThat(results).containsOnlyKeys("none", "1 SYNC");
        assertThat(results.values()).allSatisfy(commits -> {
            assertThat(commits).containsOnlyKeys(2);
            assertThat(commits.values()).allMatch(figure -> figure.perSecond() > 1 && figure.p50Micros() > 1);
        });
    }

    @Test
    void ratiosAreThoseToTheSameNumberOfConnectionsAlone() {
        List<String> lines = new ArrayList<>();
        new ReplicationTable(lines::add)
                .print(
                        "Skein",
                        Map.of(
                                "none",
                                Map.of(8, new Commits(1000, 1, 2)),
                                "1 SYNC",
                                Map.of(8, new Commits(600, 3, 4))));
        assertThat(lines).hasSize(2).anyMatch(line -> line.contains("1 SYNC") && line.endsWith("0.60"));
    }

    @Test
    void argumentsChangeWhatIsMeasured() {
        ReplicationSettings settings = ReplicationSettings.parse("--alone", "--connections=1,2", "--only=1 SYNC");
        assertThat(settings.postgresql()).isFalse();
        assertThat(settings.connections()).containsExactly(1, 2);
        assertThat(settings.isWanted("1 SYNC")).isTrue();
        assertThat(settings.isWanted("none")).isFalse();
        assertThatThrownBy(() -> ReplicationSettings.parse("--second")).hasMessageContaining("--seconds");
    }
}
