package skein.nodes;

import java.io.BufferedReader;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Logging;

/**
 * One instance in a JVM of its own. Waits for readiness, never for a fixed time; ends with the test that started it,
 * because its standard input ends with it.
 */
public final class NodeProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Skein (\\S+) ready: (bolt://\\S+)");
    private static final Duration READY_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts an instance without waiting for it.
     *
     * @param directory holds the data directory and the log of this instance
     * @param settings flags without dashes; bolt-port is any free one unless given
     */
    public static NodeProcess launch(String name, Path directory, Map<String, String> settings) {
        Map<String, String> flags = new TreeMap<>(settings);
        flags.putIfAbsent("bolt-port", "0");
        flags.putIfAbsent("instance-name", name);
        flags.putIfAbsent("data-directory", directory.resolve(name).toString());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "skein.server.Main",
                "server",
                "--stop-with-parent"));
        flags.forEach((flag, value) -> command.add("--" + flag + "=" + value));
        Path log = directory.resolve(name + ".log");
        try {
            Files.createDirectories(directory);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            NodeProcess node = new NodeProcess(builder.start(), log);
            Thread reader = new Thread(node::readOutput, "output-of-" + name);
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts an instance and waits until it serves Bolt. */
    public static NodeProcess start(String name, Path directory, Map<String, String> settings) {
        NodeProcess node = launch(name, directory, settings);
        node.boltUri();
        return node;
    }

    private void readOutput() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    ready.complete(matcher.group(2));
                }
            }
            ready.completeExceptionally(new IllegalStateException("the instance ended before it was ready"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** Where the instance serves Bolt; waits until it does. */
    public String boltUri() {
        try {
            return ready.get(READY_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            process.destroyForcibly();
            throw new IllegalStateException("not ready: " + e.getMessage() + "\n" + logText(), e);
        }
    }

    /** A driver of this instance alone, without login. */
    public Driver driver() {
        return GraphDatabase.driver(
                boltUri(),
                AuthTokens.none(),
                Config.builder().withLogging(Logging.none()).build());
    }

    /** SIGKILL, and wait for the end. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and wait for the end; answers the exit status. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** Waits for the end; answers the exit status. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the instance did not end in time\n" + logText());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** What the instance has logged so far. */
    public String logText() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
