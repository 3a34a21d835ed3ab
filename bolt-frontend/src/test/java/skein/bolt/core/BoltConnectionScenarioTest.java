package skein.bolt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conversations written down in {@code .scenario} files: lines that begin with {@code >} go in, the indented lines
 * below are what must come out. With {@code -Dskein.scenarios.rewrite=directory} the files are written anew from what
 * does come out, for a person to read.
 */
final class BoltConnectionScenarioTest {
    static Stream<Path> scenarios() throws IOException, URISyntaxException {
        Path here = Path.of(BoltConnectionScenarioTest.class
                .getResource("handshake-to-ready.scenario")
                .toURI());
        try (Stream<Path> files = Files.list(here.getParent())) {
            return files.filter(it -> it.toString().endsWith(".scenario")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theConversationGoesAsWritten(Path file) throws IOException {
        List<String> written = Files.readAllLines(file);
        List<String> played = play(written);
        String rewrite = System.getProperty("skein.scenarios.rewrite");
        if (rewrite == null) {
            assertThat(played).isEqualTo(written);
        } else {
            Files.write(Path.of(rewrite).resolve(file.getFileName()), played);
        }
    }

    private static List<String> play(List<String> lines) {
        List<String> played = new ArrayList<>();
        Script script = new Script("5.4");
        for (String line : lines) {
            if (line.startsWith("version ")) {
                script = new Script(line.substring("version ".length()));
            }
            if (!line.startsWith("  ")) {
                played.add(line);
            }
            if (line.startsWith("> ")) {
                played.addAll(script.play(line.substring(2)));
            }
        }
        return played;
    }
}
