package skein.mutant;

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

/**
 * Runs tests with a planted bug, and without: the changed file is compiled by itself, put before the real classes, and
 * the test that the mutant names runs in a process of its own, where it must fail.
 *
 * @param directory empty, for what is compiled and said
 * @param jvm options of the processes
 */
public record MutantTrial(Path directory, List<String> jvm) {
    private static final long PATIENCE_SECONDS = Long.getLong("skein.mutants.patience", 300);
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    public MutantTrial {
        jvm = List.copyOf(jvm);
    }

    /** Else a mutant would be taken for caught. */
    public void expectToPass(List<String> tests) throws IOException, InterruptedException {
        expect(MutantRun.PASSED, tests, List.of(), CLASS_PATH);
    }

    /** Answers what the process said. */
    public String expectToBeCaught(Mutant mutant) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(mutant.plantBelow(directory.resolve("sources")), classes);
        String classPath = classes + System.getProperty("path.separator") + CLASS_PATH;
        return expect(MutantRun.CAUGHT, List.of(mutant.test()), mutant.properties(), classPath);
    }

    private String expect(int status, List<String> tests, List<String> properties, String classPath)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(properties);
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
        return said;
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
