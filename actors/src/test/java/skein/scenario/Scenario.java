package skein.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A conversation with a core that a human can read. Lines that start in the first column are inputs; the indented lines
 * below one are what the core must answer. Comments (#) and empty lines stay as they are. Run with
 * {@code -Dskein.scenario.rewrite=true} to write the core's real answers into the files, then review the difference.
 */
public final class Scenario {
    private static final String ANSWER = "  ";
    private static final Path ROOT = Path.of("src", "test", "resources", "scenario");

    private Scenario() {}

    /** Plays one input line and answers what the core said, one line each. */
    public interface Player {
        List<String> play(String input);
    }

    /** The scenario files of one core. */
    public static Stream<Path> files(String core) {
        try (Stream<Path> files = Files.list(ROOT.resolve(core))) {
            return files.filter(file -> file.toString().endsWith(".scenario")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays a file with a new player; fails when an answer differs. */
    public static void check(Path file, Supplier<Player> player) {
        try {
            List<String> expected = Files.readAllLines(file);
            List<String> actual = play(expected, player.get());
            if (Boolean.getBoolean("skein.scenario.rewrite")) {
                Files.write(file, actual);
            } else {
                assertThat(String.join("\n", actual)).as(file.toString()).isEqualTo(String.join("\n", expected));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> play(List<String> lines, Player player) {
        var out = new ArrayList<String>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                out.add(line);
            } else if (!line.startsWith(ANSWER)) {
                out.add(line);
                player.play(line.strip()).forEach(answer -> out.add(ANSWER + answer));
            }
        }
        return out;
    }
}
