package skein.benchmarks.failover;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, and how often.
 *
 * @param repetitions kills of the MAIN, and switchovers, with each timing
 * @param leaders kills of the coordinators' leader, with each timing
 * @param load how long everything is written that can be, with each timing
 * @param parts of kill, switchover, leader, load
 * @param mode how replicas follow
 * @param pace between two writes of the clients whose times are taken
 * @param directory where everything is written; null for one that is made
 */
record FailoverSettings(
        int repetitions,
        int leaders,
        Duration load,
        List<String> parts,
        List<Timing> timings,
        String mode,
        Duration pace,
        @Nullable Path directory) {
    private static final List<String> PARTS = List.of("kill", "switchover", "leader", "load");

    static FailoverSettings parse(String... arguments) {
        FailoverSettings settings = new FailoverSettings(
                50,
                10,
                Duration.ofMinutes(2),
                PARTS,
                List.of(Timing.DEFAULT, Timing.FAST),
                "SYNC",
                Duration.ofMillis(10),
                null);
        for (String argument : arguments) {
            settings = settings.with(argument);
        }
        return settings;
    }

    private FailoverSettings with(String argument) {
        int equals = argument.indexOf('=');
        String value = argument.substring(equals + 1);
        return switch (equals < 0 ? argument : argument.substring(0, equals)) {
            case "--repetitions" ->
                new FailoverSettings(Integer.parseInt(value), leaders, load, parts, timings, mode, pace, directory);
            case "--leaders" ->
                new FailoverSettings(repetitions, Integer.parseInt(value), load, parts, timings, mode, pace, directory);
            case "--load-minutes" -> loadedFor(Duration.ofSeconds(Math.round(60 * Double.parseDouble(value))));
            case "--only" -> only(List.of(value.split(",")));
            case "--timing" ->
                new FailoverSettings(
                        repetitions,
                        leaders,
                        load,
                        parts,
                        Arrays.stream(value.split(",")).map(Timing::named).toList(),
                        mode,
                        pace,
                        directory);
            case "--mode" -> new FailoverSettings(repetitions, leaders, load, parts, timings, value, pace, directory);
            case "--pace-ms" ->
                new FailoverSettings(
                        repetitions,
                        leaders,
                        load,
                        parts,
                        timings,
                        mode,
                        Duration.ofMillis(Long.parseLong(value)),
                        directory);
            case "--directory" ->
                new FailoverSettings(repetitions, leaders, load, parts, timings, mode, pace, Path.of(value));
            default ->
                throw new IllegalArgumentException("unknown argument " + argument
                        + "; there are --repetitions=n --leaders=n --load-minutes=n --only=" + String.join(",", PARTS)
                        + " --timing=default,fast --mode=SYNC --pace-ms=n --directory=d");
        };
    }

    private FailoverSettings loadedFor(Duration time) {
        return new FailoverSettings(repetitions, leaders, time, parts, timings, mode, pace, directory);
    }

    private FailoverSettings only(List<String> chosen) {
        for (String part : chosen) {
            if (!PARTS.contains(part)) {
                throw new IllegalArgumentException("no part " + part + "; there are " + String.join(", ", PARTS));
            }
        }
        return new FailoverSettings(repetitions, leaders, load, chosen, timings, mode, pace, directory);
    }

    boolean isWanted(String part) {
        return parts.contains(part);
    }
}
