package skein.benchmarks.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.benchmarks.bolt.Figures.Figure;

/** Every figure once and small: that it measures what it says. */
final class BoltFiguresTest {
    @TempDir
    Path directory;

    @Test
    void everyFigureOfAServerIsThere() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try (ServerProcess server = new Servers(directory, Path.of("")).skein("")) {
            Map<String, Figure> figures = new Figures(server, BoltSettings.quick(), step -> {}).measure();
            assertThat(figures).hasSize(8);
            assertThat(figure(figures, "rows streamed").perSecond())
                    .as("rows and not requests")
                    .isGreaterThan(1_000);
            assertThat(figure(figures, "idle connection, live heap").perProcessorSecond())
                    .as("bytes")
                    .isBetween(500.0, 200_000.0);
            new Table(lines::add).print(figures, figures);
        }
        assertThat(lines).hasSize(9).anyMatch(line -> line.startsWith("RETURN 1") && line.endsWith("1.0 x"));
    }

    private static Figure figure(Map<String, Figure> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }

    @Test
    void answersAreCountedHoweverTheyAreCut() throws IOException {
        byte[] bytes = {0, 3, (byte) 0xB1, 0x71, 1, 0, 0, 0, 0, 0, 1, (byte) 0xB1, 0, 1, 0x70, 0, 0};
        for (int cut = 0; cut <= bytes.length; cut++) {
            Answers answers = new Answers();
            answers.take(ByteBuffer.wrap(bytes, 0, cut));
            answers.take(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
            assertThat(answers.rows()).as("cut at %d", cut).isEqualTo(1);
            assertThat(answers.summaries()).as("cut at %d", cut).isEqualTo(1);
        }
    }

    @Test
    void aFailureEndsTheMeasurement() {
        byte[] failure = {0, 3, (byte) 0xB1, 0x7F, 1, 0, 0};
        assertThatThrownBy(() -> new Answers().take(ByteBuffer.wrap(failure)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7f");
    }

    @Test
    void argumentsChangeWhatIsMeasured() {
        BoltSettings settings = BoltMain.parse(new String[] {"--seconds=2", "--idle=7", "--alone"});
        assertThat(settings)
                .isEqualTo(BoltSettings.whole()
                        .withTime(Duration.ofSeconds(2))
                        .withIdle(7)
                        .alone());
        assertThatThrownBy(() -> BoltMain.parse(new String[] {"--second"})).hasMessageContaining("--seconds");
    }
}
