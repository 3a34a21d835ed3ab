package skein.simulation.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import skein.simulation.Probes;

/** Prints the hashes of some seeds; for a process of its own. */
final class RaftSimulation {
    private RaftSimulation() {}

    static List<String> hashes(long first, long count) {
        List<String> lines = new ArrayList<>();
        LongStream.range(first, first + count)
                .forEach(seed -> lines.add(seed + " "
                        + Long.toHexString(
                                RaftRun.of(seed, new Probes(), new RaftProbes()).hash())));
        return lines;
    }

    @SuppressWarnings("SystemOut") // whoever started this process reads it
    public static void main(String[] arguments) {
        hashes(Long.parseLong(arguments[0]), Long.parseLong(arguments[1])).forEach(System.out::println);
    }
}
