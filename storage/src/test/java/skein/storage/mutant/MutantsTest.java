package skein.storage.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every planted bug is caught: the changed file is compiled by itself, put before the real classes, and the test that
 * the mutant names runs in a process of its own, where it must fail. {@code -Dskein.mutants=REGEX} plants some only.
 */
final class MutantsTest {
    private static final int MUTANTS_MIN = 30;
    private static final long PATIENCE_SECONDS = 300;
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-XX:+EnableDynamicAgentLoading",
            "-Dskein.history.transactions=5000",
            "-Dskein.histories=300");
    private static final String CHOSEN = System.getProperty("skein.mutants", ".*");

    @TempDir
    private Path directory;

    static List<Mutant> chosen() {
        return Mutant.all().stream()
                .filter(mutant -> mutant.name().matches(CHOSEN))
                .toList();
    }

    @Test
    void thereAreMutants() {
        assertThat(Mutant.all()).hasSizeGreaterThanOrEqualTo(MUTANTS_MIN);
    }

    /** Else a mutant would be taken for caught. */
    @Test
    void allTestsPassWithoutAMutant() throws IOException, InterruptedException {
        List<String> tests = chosen().stream().map(Mutant::test).distinct().toList();
        expect(MutantRun.PASSED, tests, CLASS_PATH);
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void isCaught(Mutant mutant) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(mutant.plantBelow(directory.resolve("sources")), classes);
        expect(MutantRun.CAUGHT, List.of(mutant.test()), classes + System.getProperty("path.separator") + CLASS_PATH);
    }

    private void expect(int status, List<String> tests, String classPath) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM);
        command.addAll(List.of("-cp", classPath, MutantRun.class.getName()));
        command.addAll(tests);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            long patience = PATIENCE_SECONDS * tests.size();
            assertThat(process.waitFor(patience, TimeUnit.SECONDS))
                    .as("%s end within %d s", tests, patience)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as("status of %s (%d: all passed), which said: %s", tests, MutantRun.PASSED, said)
                .isEqualTo(status);
    }

    private static void compile(Path source, Path into) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-d", into.toString(), "-cp", CLASS_PATH, "-proc:none", "-nowarn");
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("the mutant compiles: %s", said).isTrue();
        }
    }
}
