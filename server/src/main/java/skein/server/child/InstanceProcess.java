package skein.server.child;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** One instance in a JVM of its own, started by this process. Thread-safe. */
public final class InstanceProcess implements AutoCloseable {
    private static final Pattern FAIL_POINTS_ANSWER =
            Pattern.compile("fail points: .*|The system property skein\\.failpoint .*");
    private static final Pattern READY = Pattern.compile("Skein (\\S+) ready: bolt://(\\S+)");
    /** Set by the launcher: the start-up cache that children may use too. */
    private static final String START_UP_CACHE = "skein.aot.cache";

    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final InstanceSpec spec;
    private final Process process;
    private final CompletableFuture<HostPort> bolt = new CompletableFuture<>();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private InstanceProcess(InstanceSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /** Starts a child without waiting for it; what it logs is appended to {@code NAME.log}. */
    public static InstanceProcess launch(InstanceSpec spec) {
        try {
            Files.createDirectories(spec.directory());
            ProcessBuilder builder = new ProcessBuilder(command(spec))
                    .redirectError(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            // a first user of the parent's would shut out whoever sets the child up
            List.of("SKEIN_USER", "SKEIN_PASSWORD", "MEMGRAPH_USER", "MEMGRAPH_PASSWORD")
                    .forEach(builder.environment()::remove);
            if (!spec.tied()) {
                builder.redirectInput(new File("/dev/null"));
            }
            InstanceProcess instance = new InstanceProcess(spec, builder.start());
            Thread.ofPlatform().daemon().name("output-of-" + spec.name()).start(instance::readOutput);
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(InstanceSpec spec) {
        Map<String, String> flags = new TreeMap<>(spec.settings());
        flags.putIfAbsent("bolt-port", "0");
        flags.putIfAbsent("instance-name", spec.name());
        flags.putIfAbsent(
                "data-directory", spec.directory().resolve(spec.name()).toString());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(spec.jvmOptions());
        String cache = System.getProperty(START_UP_CACHE, "");
        if (!cache.isEmpty()) {
            // one that does not fit is ignored, in silence
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "skein.server.Main", "server"));
        if (spec.tied()) {
            command.add("--stop-with-parent");
        }
        flags.forEach((flag, value) -> command.add("--" + flag + "=" + value));
        return command;
    }

    private void readOutput() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    bolt.complete(HostPort.parse(ready.group(2), 0));
                } else if (FAIL_POINTS_ANSWER.matcher(line).matches()) {
                    said.add(line);
                }
            }
            bolt.completeExceptionally(failure("it ended before it was ready"));
        } catch (IOException e) {
            bolt.completeExceptionally(e);
        }
    }

    /** Waits until the child is ready; answers where it serves Bolt. */
    public HostPort awaitReady() {
        try {
            return bolt.get(READY_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw failure("it was not ready within " + READY_PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failure(
                    e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("waiting for it was interrupted");
        }
    }

    /**
     * For a tied child that was started with {@code -Dskein.failpoint=input}: from now on this is to happen at its fail
     * points, and nothing else. Returns when the child has taken it.
     */
    public void setFailPoints(String plan) {
        try {
            said.clear();
            BufferedWriter lines = process.outputWriter(StandardCharsets.UTF_8);
            lines.write("failpoint " + plan + "\n");
            lines.flush();
            String answer = said.poll(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null || !answer.startsWith("fail points:")) {
                throw failure("it did not take the fail points " + plan + ": " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("waiting for it was interrupted");
        }
    }

    private SkeinException failure(String reason) {
        return new SkeinException(
                ErrorCode.INTERNAL,
                "The instance " + spec.name() + " did not start: " + reason + ". Its log " + spec.log()
                        + " ends with:\n" + endOfLog());
    }

    private String endOfLog() {
        List<String> lines = logText().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** What the child has logged so far. */
    public String logText() {
        try {
            return Files.readString(spec.log());
        } catch (IOException e) {
            return e.toString();
        }
    }

    public String name() {
        return spec.name();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** SIGTERM, without waiting. */
    public void requestStop() {
        process.destroy();
    }

    /** SIGTERM, and wait for the end; answers the exit status. */
    public int stop() {
        requestStop();
        return awaitEnd();
    }

    /** SIGKILL, and wait for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Waits for the end, with SIGKILL when patience runs out; answers the exit status. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("waiting for its end was interrupted");
        }
    }

    /** Kills the child if it still runs. */
    @Override
    public void close() {
        kill();
    }
}
