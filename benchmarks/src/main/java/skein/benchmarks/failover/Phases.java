package skein.benchmarks.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the instances have logged since a moment, and when: the steps of a failover. */
final class Phases {
    private static final int TIME_LENGTH = "HH:mm:ss.SSS".length();

    /** One line. */
    private record Line(LocalTime time, String text) {}

    private final Map<Path, Long> begins = new LinkedHashMap<>();
    private final LocalTime since = LocalTime.now(ZoneId.systemDefault());

    /** From now on. */
    static Phases from(List<Path> logs) {
        Phases phases = new Phases();
        logs.forEach(log -> phases.begins.put(log, log.toFile().length()));
        return phases;
    }

    /** Milliseconds from the moment until somebody first logged this; -1 when nobody has. */
    long millisUntil(String words) {
        return lines().stream()
                .filter(line -> line.text.contains(words))
                .findFirst()
                .map(line -> millisTo(line.time))
                .orElse(-1L);
    }

    /** Everything, in the order in which it was logged: for whoever wants to know why it took so long. */
    List<String> story() {
        return lines().stream()
                .map(line -> "%6d ms  %s".formatted(millisTo(line.time), line.text))
                .toList();
    }

    private long millisTo(LocalTime time) {
        long millis = Duration.between(since, time).toMillis();
        return millis < -Duration.ofHours(12).toMillis()
                ? millis + Duration.ofDays(1).toMillis()
                : millis;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        begins.forEach((log, begin) -> {
            String name = log.getFileName().toString().replace(".log", "");
            appended(log, begin)
                    .lines()
                    .forEach(text -> time(text)
                            .ifPresent(time -> lines.add(new Line(time, name + " " + text.substring(TIME_LENGTH)))));
        });
        lines.sort(Comparator.comparingLong(line -> millisTo(line.time)));
        return lines;
    }

    private static String appended(Path log, long begin) {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(all, (int) begin, all.length - (int) begin, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return text.length() < TIME_LENGTH
                    ? Optional.empty()
                    : Optional.of(LocalTime.parse(text.substring(0, TIME_LENGTH)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
