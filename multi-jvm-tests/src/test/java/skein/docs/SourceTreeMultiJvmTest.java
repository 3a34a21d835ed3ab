package skein.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.clients.Command;
import skein.clients.Command.Outcome;

/** Whoever has the sources and has built nothing yet. */
final class SourceTreeMultiJvmTest {
    private static final Set<String> MADE_HERE = Set.of("target", ".git", "node_modules");

    @TempDir
    Path directory;

    @Test
    void sourcesThatWereNeverBuiltStartAtTheFirstCommand() throws IOException {
        Path tree = copyOfTheSources();
        Outcome version = Command.run(List.of(tree.resolve("skein").toString(), "--version"));
        assertThat(version.status()).as(version.output()).isZero();
        assertThat(version.output()).contains("Building Skein").containsPattern("(?m)^Skein \\d+\\.\\d+");
        Outcome benchmark =
                Command.run(List.of(tree.resolve("skein").toString(), "benchmark", "replication", "--no-such-option"));
        assertThat(benchmark.output())
                .contains("Building the benchmarks", "unknown argument --no-such-option")
                .doesNotContain("Building Skein");
    }

    private Path copyOfTheSources() throws IOException {
        Path from = Path.of("..").toRealPath();
        Path to = directory.resolve("skein-sources");
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) throws IOException {
                if (MADE_HERE.contains(place.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(place)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }
}
