package skein.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A planted bug.
 *
 * <pre>
 * What is wrong then, in one sentence.
 * file skein/storage/wal/LogWriter.java
 * test skein.storage.wal.CrashTest
 * property name=value
 * --- instead of
 * lines that stand once in the file
 * --- planted
 * lines in their place, perhaps none
 * </pre>
 *
 * @param file below {@code src/main/java} of the module whose tests run, or of another that is named before a colon
 * @param test a class of tests, one of which must fail
 * @param properties of the process in which it must; none or several lines
 */
public record Mutant(
        String name, String what, String file, String test, List<String> properties, String original, String planted) {
    private static final Path DIRECTORY = Path.of("src", "test", "mutants");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final String SUFFIX = ".mutant";
    private static final String ORIGINAL = "\n--- instead of\n";
    private static final String PLANTED = "\n--- planted\n";

    public Mutant {
        properties = List.copyOf(properties);
    }

    /** Those of the module whose tests run. */
    public static List<Mutant> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Mutant> mutants = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                mutants.add(read(file));
            }
            return mutants;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutant read(Path file) throws IOException {
        String text = Files.readString(file);
        int original = text.indexOf(ORIGINAL);
        int planted = text.indexOf(PLANTED);
        assertThat(original).as("the parts of %s", file).isPositive().isLessThan(planted);
        List<String> head = text.substring(0, original).lines().toList();
        String name = file.getFileName().toString();
        return new Mutant(
                name.substring(0, name.length() - SUFFIX.length()),
                head.getFirst(),
                value(head.get(1), "file "),
                value(head.get(2), "test "),
                head.stream()
                        .skip(3)
                        .map(line -> "-D" + value(line, "property "))
                        .toList(),
                text.substring(original + ORIGINAL.length(), planted),
                text.substring(planted + PLANTED.length()).stripTrailing());
    }

    private static String value(String line, String key) {
        assertThat(line).startsWith(key);
        return line.substring(key.length());
    }

    /** The source with the bug in it, in a file of its own below this directory. */
    Path plantBelow(Path directory) throws IOException {
        int colon = file.indexOf(':');
        Path below = Path.of(file.substring(colon + 1));
        Path sources =
                colon < 0 ? SOURCES : Path.of("..", file.substring(0, colon)).resolve(SOURCES);
        String source = Files.readString(sources.resolve(below));
        int first = source.indexOf(original);
        assertThat(first)
                .as("mutant %s no longer applies: adapt it to %s", name, file)
                .isNotNegative();
        assertThat(source.indexOf(original, first + 1))
                .as("mutant %s applies at two places of %s: take more lines in", name, file)
                .isNegative();
        Path copy = directory.resolve(below);
        Files.createDirectories(copy.getParent());
        return Files.writeString(
                copy, source.substring(0, first) + planted + source.substring(first + original.length()));
    }

    @Override
    public String toString() {
        return name + ": " + what;
    }
}
