package skein.benchmarks.replication;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param time of each figure, after a quarter as much to settle and, once for each cluster, four times as much to warm
 *     up
 * @param connections one figure for each
 * @param postgresql whether it is measured too
 * @param only the names of the cases to measure; empty for all
 * @param directory where everything is written; null for one that is made
 */
record ReplicationSettings(
        Duration time,
        List<Integer> connections,
        boolean postgresql,
        List<String> only,
        @Nullable Path directory) {

    static ReplicationSettings parse(String... arguments) {
        ReplicationSettings settings =
                new ReplicationSettings(Duration.ofSeconds(4), List.of(1, 8, 64), true, List.of(), null);
        for (String argument : arguments) {
            settings = settings.with(argument);
        }
        return settings;
    }

    private ReplicationSettings with(String argument) {
        int equals = argument.indexOf('=');
        String value = argument.substring(equals + 1);
        return switch (equals < 0 ? argument : argument.substring(0, equals)) {
            case "--seconds" -> lasting(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000)));
            case "--connections" ->
                new ReplicationSettings(
                        time,
                        Arrays.stream(value.split(",")).map(Integer::valueOf).toList(),
                        postgresql,
                        only,
                        directory);
            case "--alone" -> new ReplicationSettings(time, connections, false, only, directory);
            case "--only" ->
                new ReplicationSettings(time, connections, postgresql, List.of(value.split(",")), directory);
            case "--directory" -> new ReplicationSettings(time, connections, postgresql, only, Path.of(value));
            default ->
                throw new IllegalArgumentException("unknown argument " + argument
                        + "; there are --seconds=n --connections=1,8,64 --alone --only=case,... --directory=d");
        };
    }

    private ReplicationSettings lasting(Duration other) {
        return new ReplicationSettings(other, connections, postgresql, only, directory);
    }

    /** Before each figure. */
    Duration warmUp() {
        return time.dividedBy(4);
    }

    /** Before the first figure of a cluster that was just started. */
    Duration warming() {
        return time.multipliedBy(4);
    }

    boolean isWanted(String name) {
        return only.isEmpty() || only.contains(name);
    }
}
