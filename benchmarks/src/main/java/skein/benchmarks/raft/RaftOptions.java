package skein.benchmarks.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param time of each figure, after a quarter as much to settle and, once for each group, eight times as much to warm
 *     up: three JVMs compile on the same processors
 * @param clients one figure for each
 * @param etcd whether it is measured too
 * @param only the names of the sides to measure; empty for all
 * @param recording flight recordings of our leaders go there; null for none
 * @param directory where everything is written; null for one that is made
 */
record RaftOptions(
        Duration time,
        List<Integer> clients,
        boolean etcd,
        List<String> only,
        @Nullable Path recording,
        @Nullable Path directory) {

    static RaftOptions parse(String... arguments) {
        RaftOptions options = new RaftOptions(Duration.ofSeconds(3), List.of(1, 8, 64), true, List.of(), null, null);
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    private RaftOptions with(String argument) {
        int equals = argument.indexOf('=');
        String value = argument.substring(equals + 1);
        return switch (equals < 0 ? argument : argument.substring(0, equals)) {
            case "--seconds" ->
                new RaftOptions(
                        Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000)),
                        clients,
                        etcd,
                        only,
                        recording,
                        directory);
            case "--clients" ->
                new RaftOptions(
                        time,
                        Arrays.stream(value.split(",")).map(Integer::valueOf).toList(),
                        etcd,
                        only,
                        recording,
                        directory);
            case "--alone" -> new RaftOptions(time, clients, false, only, recording, directory);
            case "--only" -> new RaftOptions(time, clients, etcd, List.of(value.split(",")), recording, directory);
            case "--record" -> new RaftOptions(time, clients, etcd, only, Path.of(value), directory);
            case "--directory" -> new RaftOptions(time, clients, etcd, only, recording, Path.of(value));
            default ->
                throw new IllegalArgumentException("unknown argument " + argument
                        + "; there are --seconds=n --clients=1,8,64 --alone --only=side,... --record=d --directory=d");
        };
    }

    /** Before each figure. */
    Duration settling() {
        return time.dividedBy(4);
    }

    /** Before the first figure of a group that was just started. */
    Duration warming() {
        return time.multipliedBy(8);
    }

    boolean isWanted(String side) {
        return only.isEmpty() || only.contains(side);
    }

    int clientsMax() {
        return clients.stream().max(Integer::compare).orElse(1);
    }

    /** Of a leader's JVM; none unless asked for. */
    List<String> recordingOf(String name) {
        return recording == null
                ? List.of()
                : List.of("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                        + recording.resolve(name + ".jfr"));
    }
}
