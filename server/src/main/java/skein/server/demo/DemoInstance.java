package skein.server.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** One child process of the demo, known by its ready line. */
final class DemoInstance {
    private static final Pattern READY = Pattern.compile("Skein (\\S+) ready: bolt://(\\S+)");
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(120);

    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<HostPort> bolt = new CompletableFuture<>();

    private DemoInstance(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a child; its standard error goes to a log file in the directory.
     *
     * @param tied the child stops when this process dies
     */
    static DemoInstance start(String name, Path directory, boolean tied) {
        List<String> command = new ArrayList<>(ChildJvm.command());
        command.addAll(List.of(
                "server",
                "--instance-name=" + name,
                "--bolt-port=0",
                "--data-directory=" + directory.resolve(name)));
        if (tied) {
            command.add("--stop-with-parent");
        }
        Path log = directory.resolve(name + ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
            if (!tied) {
                builder.redirectInput(new File("/dev/null"));
            }
            DemoInstance instance = new DemoInstance(name, builder.start(), log);
            Thread reader = new Thread(instance::readReadyLine, "demo-" + name);
            reader.setDaemon(true);
            reader.start();
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readReadyLine() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            Matcher ready = READY.matcher(line == null ? "" : line);
            if (ready.matches()) {
                bolt.complete(HostPort.parse(ready.group(2), 0));
            }
            while (line != null) {
                line = reader.readLine();
            }
            bolt.completeExceptionally(failure("it ended before it was ready"));
        } catch (IOException e) {
            bolt.completeExceptionally(e);
        }
    }

    /** Waits until the child is ready; answers where it serves Bolt. */
    HostPort awaitReady() {
        try {
            return bolt.get(READY_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw failure("it was not ready within " + READY_TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SkeinException expected ? expected : failure(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("the demo was interrupted");
        }
    }

    private SkeinException failure(String reason) {
        return new SkeinException(
                ErrorCode.INTERNAL,
                "The demo's instance " + name + " did not start: " + reason + ". Its log is " + log + ".");
    }

    String name() {
        return name;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks the child to stop. */
    void stop() {
        process.destroy();
    }

    /** Waits for the child's end; false when it took longer. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
