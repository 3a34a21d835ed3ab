package skein.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.benchmarks.failover.Write.Told;

/** That figures say what was measured; clusters of processes are struck in the campaign of failovers. */
final class FailoverFiguresTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void aGapIsTheLongestTimeBetweenTwoCommittedWritesThatTouchesTheSpan() {
        WriteLog log = new WriteLog();
        add(log, 1, 0, 10, Told.ACKNOWLEDGED);
        add(log, 2, 20, 30, Told.ACKNOWLEDGED);
        add(log, 3, 40, 50, Told.REFUSED);
        add(log, 4, 60, 400, Told.WARNED);
        add(log, 5, 410, 420, Told.ACKNOWLEDGED);
        add(log, 6, 430, 2_000, Told.ACKNOWLEDGED);
        assertThat(log.longestGapMillis(35 * MILLI, 415 * MILLI)).isEqualTo(370);
        assertThat(log.longestGapMillis(405 * MILLI, 425 * MILLI)).isEqualTo(1_580);
    }

    @Test
    void aWriteThatWasSentBeforeDoesNotCountAsTheFirstOneAfter() {
        WriteLog log = new WriteLog();
        add(log, 1, 0, 90, Told.ACKNOWLEDGED);
        add(log, 2, 95, 100, Told.UNKNOWN);
        add(log, 3, 110, 120, Told.ACKNOWLEDGED);
        assertThat(log.firstCommittedAfter(50 * MILLI)).hasValue(120 * MILLI);
        assertThat(log.firstCommittedAfter(115 * MILLI)).isEmpty();
    }

    @Test
    void whatWasAcknowledgedAndIsMissingIsCounted() {
        WriteLog log = new WriteLog();
        add(log, 1, 0, 1, Told.ACKNOWLEDGED);
        add(log, 2, 2, 3, Told.ACKNOWLEDGED);
        add(log, 3, 4, 5, Told.REFUSED);
        assertThat(log.countMissing(Told.ACKNOWLEDGED, Set.of(1L, 3L))).isEqualTo(1);
        assertThat(log.countReappeared(Set.of(1L, 3L))).isEqualTo(1);
    }

    @Test
    void phasesAreTakenFromWhatWasLoggedSince() throws IOException {
        Path log = directory.resolve("coord1.log");
        Files.writeString(log, "00:00:00.000 INFO  x - is appointed MAIN\n");
        Phases phases = Phases.from(List.of(log));
        Files.writeString(
                log,
                LocalTime.now(ZoneId.systemDefault())
                                .plus(Duration.ofSeconds(5))
                                .toString()
                                .substring(0, 12) + " INFO  x - is appointed MAIN\n",
                StandardOpenOption.APPEND);
        assertThat(phases.millisUntil("is appointed MAIN")).isBetween(4_000L, 15_000L);
        assertThat(phases.millisUntil("opened")).isEqualTo(-1);
    }

    @Test
    void percentilesAreOfTheSample() {
        Sample sample = new Sample();
        for (int i = 100; i > 0; i--) {
            sample.add(i);
        }
        assertThat(sample.percentile(50)).isEqualTo(50);
        assertThat(sample.percentile(99)).isEqualTo(99);
        assertThat(sample.max()).isEqualTo(100);
    }

    @Test
    void outcomesArePrintedWithTheirCounts() {
        Outcome outcome = new Outcome();
        outcome.time("new session per try", 700);
        outcome.time("new session per try", -1);
        outcome.count("acknowledged and lost", 0);
        List<String> lines = new ArrayList<>();
        new OutcomeTable(lines::add).print("kill", outcome);
        assertThat(lines).contains("kill", "  acknowledged and lost 0").anyMatch(line -> line.endsWith("     700"));
    }

    @Test
    void argumentsChangeWhatIsMeasured() {
        FailoverSettings settings =
                FailoverSettings.parse("--repetitions=3", "--timing=fast", "--only=kill", "--load-minutes=0.5");
        assertThat(settings.repetitions()).isEqualTo(3);
        assertThat(settings.timings()).containsExactly(Timing.FAST);
        assertThat(settings.isWanted("kill")).isTrue();
        assertThat(settings.isWanted("load")).isFalse();
        assertThat(settings.load()).isEqualTo(Duration.ofSeconds(30));
        assertThatThrownBy(() -> FailoverSettings.parse("--only=kills")).hasMessageContaining("switchover");
        assertThatThrownBy(() -> FailoverSettings.parse("--times=3")).hasMessageContaining("--repetitions");
    }

    private static void add(WriteLog log, long id, long sentMillis, long answeredMillis, Told told) {
        log.add(new Write(id, sentMillis * MILLI, answeredMillis * MILLI, told, ""));
    }
}
