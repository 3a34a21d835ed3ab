package skein.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which processes {@code skein demo --detach} left running. One line per process: pid and start time, so that a pid
 * that the system has given to somebody else since is never stopped. Before them the directory, and where the
 * coordinators are.
 */
public final class DetachedDemo {
    private static final int LINES_BEFORE = 2;
    private static final String COORDINATORS = "coordinators ";

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Path file;

    DetachedDemo(Path file) {
        this.file = file;
    }

    /** The place for the current user on this machine. */
    public static DetachedDemo ofThisUser() {
        return new DetachedDemo(Path.of(
                System.getProperty("java.io.tmpdir"), "skein-demo-" + System.getProperty("user.name") + ".pids"));
    }

    /** @param coordinators their Bolt addresses; none where there are no coordinators */
    void remember(List<ProcessHandle> processes, Path directory, boolean temporary, List<String> coordinators) {
        List<String> lines = new ArrayList<>();
        lines.add((temporary ? "temporary " : "kept ") + directory);
        lines.add(COORDINATORS + String.join(",", coordinators));
        for (ProcessHandle process : processes) {
            lines.add(process.pid() + " "
                    + startOf(process).map(Instant::toString).orElse("-"));
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bolt addresses of the coordinators, with commas between them; empty when none run. */
    public String coordinators() {
        return isRunning()
                ? lines().stream()
                        .filter(line -> line.startsWith(COORDINATORS))
                        .map(line -> line.substring(COORDINATORS.length()))
                        .findFirst()
                        .orElse("")
                : "";
    }

    boolean isRunning() {
        return !processes().isEmpty();
    }

    /** Stops what runs, in the order remembered; answers how many processes that were. */
    int stop() {
        List<ProcessHandle> processes = processes();
        for (ProcessHandle process : processes) {
            process.destroy();
        }
        for (ProcessHandle process : processes) {
            awaitEnd(process);
        }
        forget();
        return processes.size();
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void forget() {
        List<String> lines = lines();
        try {
            if (!lines.isEmpty() && lines.getFirst().startsWith("temporary ")) {
                TemporaryDirectory.delete(Path.of(lines.getFirst().substring("temporary ".length())));
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> processes() {
        List<ProcessHandle> found = new ArrayList<>();
        List<String> lines = lines();
        for (String line : lines.subList(Math.min(LINES_BEFORE, lines.size()), lines.size())) {
            String[] words = line.split(" ", 2);
            ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process -> startOf(process).map(Instant::toString).equals(Optional.of(words[1])))
                    .ifPresent(found::add);
        }
        return found;
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }
}
