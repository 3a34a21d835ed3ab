package skein.bolt.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the corpus, then lets Jazzer look for inputs that break a target, each target in a process of its own, as
 * many at once as there are processors and one more: {@code -Dskein.fuzz.seconds=60} for how long (0: not at all),
 * {@code -Dskein.fuzz.targets=REGEX} for which, {@code -Dskein.fuzz.corpus=DIRECTORY} to keep what was found to reach
 * further. An input that breaks a target is left in {@code target/fuzz}; put it into the corpus with its fix.
 */
final class FuzzTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "skein", "bolt", "fuzz");
    private static final Path BROKEN = Path.of("target", "fuzz");
    private static final int SECONDS = Integer.getInteger("skein.fuzz.seconds", 5);
    private static final String CHOSEN = System.getProperty("skein.fuzz.targets", ".*");
    private static final String KEPT = System.getProperty("skein.fuzz.corpus", "");
    /** The first does not know all of the JDK's newest methods, which Netty uses; the second forbids to connect. */
    private static final String NOT_NEEDED = "com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer"
            + ":com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

    /**
     * What a target is instrumented for. Jazzer's watch over comparisons, which is left out where allocation is
     * measured, allocates on the thread that is measured: an array of all labels at each switch, two copies of the
     * texts at each comparison of texts that fails. That was 76 of the 86 KB counted for 3.9 KB of nested maps and
     * lists.
     */
    private static final String MEASURED = "cov:div:gep:indir:native";

    private static final String WATCHED = MEASURED + ":cmp";

    private static final int STARTING_SECONDS_MAX = 300;

    private static final ExecutorService AT_ONCE =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1);
    private static final Map<FuzzTarget, Future<Run>> RUNS = new EnumMap<>(FuzzTarget.class);

    @TempDir
    private static Path directory;

    @ParameterizedTest
    @EnumSource
    void theCorpusHoldsWhatOurCodeMakes(FuzzTarget target) throws IOException {
        Path folder = CORPUS.resolve(target.folder());
        for (Map.Entry<String, byte[]> seed : Seeds.of(target).entrySet()) {
            Path file = folder.resolve(seed.getKey());
            if (Boolean.getBoolean("skein.fuzz.write")) {
                Files.createDirectories(folder);
                Files.write(file, seed.getValue());
            }
            assertThat(file).as("-Dskein.fuzz.write=true writes it").hasBinaryContent(seed.getValue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCorpusBreaksNothing(FuzzTarget target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(target.folder()))) {
            inputs = files.sorted().toList();
        }
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            try {
                target.run(Files.readAllBytes(input));
            } catch (RuntimeException | Error e) {
                throw new AssertionError(input + " breaks " + target, e);
            }
        }
    }

    /** All of them begin with the first test. One more than there are processors: half of a start is waiting. */
    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(BROKEN);
        chosen().forEach(target -> RUNS.put(target, AT_ONCE.submit(() -> jazzer(target))));
    }

    @AfterAll
    static void stop() {
        AT_ONCE.shutdownNow();
    }

    private static Stream<FuzzTarget> chosen() {
        return Arrays.stream(FuzzTarget.values())
                .filter(target -> SECONDS > 0 && target.folder().matches(CHOSEN));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("chosen")
    void jazzerFindsNothing(FuzzTarget target) throws InterruptedException, ExecutionException {
        Run run = Objects.requireNonNull(RUNS.get(target)).get();
        assertThat(run.ended()).as("%s ends: %s", target, run.said()).isTrue();
        assertThat(run.status()).as("%s is broken: %s", target, run.said()).isZero();
        String runs = run.said()
                .lines()
                .filter(line -> line.contains("DONE"))
                .findFirst()
                .orElse("");
        assertThat(runs).as("%s ran: %s", target, run.said()).isNotEmpty();
        System.out.println(target + " " + runs.strip());
    }

    /** What became of one process. */
    private record Run(boolean ended, int status, String said) {}

    private static Run jazzer(FuzzTarget target) throws IOException, InterruptedException {
        Path found = KEPT.isEmpty() ? directory : Path.of(KEPT);
        Path grown = Files.createDirectories(found.resolve(target.folder()));
        Path said = directory.resolve("said-" + target.folder());
        Process process = new ProcessBuilder(command(target, grown))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = process.waitFor(SECONDS + STARTING_SECONDS_MAX, TimeUnit.SECONDS);
            return new Run(
                    ended,
                    ended ? process.exitValue() : -1,
                    new String(Files.readAllBytes(said), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(FuzzTarget target, Path grown) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--instrumentation_includes=skein.**",
                "--disabled_hooks=" + NOT_NEEDED,
                "--trace=" + (target.measuresAllocation() ? MEASURED : WATCHED),
                "--reproducer_path=" + BROKEN,
                "-artifact_prefix=" + BROKEN + "/" + target.folder() + "-",
                "-max_total_time=" + SECONDS,
                "-max_len=4096",
                "-timeout=60",
                "-rss_limit_mb=2500",
                "-print_final_stats=0",
                grown.toString(),
                CORPUS.resolve(target.folder()).toString());
    }
}
