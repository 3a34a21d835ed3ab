package skein.simulation.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import skein.simulation.Campaign;
import skein.simulation.SecondProcess;

/**
 * The shipped actors in the simulated world, in processes made for it. {@code -Dskein.simulation.actorSeed=n} runs that
 * seed alone; {@code -Dskein.simulation.actorHours=n} runs more than a build does,
 * {@code -Dskein.simulation.actorFrom=n} others.
 */
final class ActorSimulationTest {
    private static final Path REGRESSIONS = Path.of("src", "test", "resources", "simulation", "actors.txt");
    private static final double HOURS = 10;

    /** Of everything tried, this much must have been done, or nothing is proven. */
    private static final double SHARE_MIN = 0.3;

    private static List<String> run(double hours, int times, List<String> seeds)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(hours), String.valueOf(times)));
        arguments.addAll(seeds);
        return SecondProcess.lines(ActorSimulation.options(), ActorSimulation.class, arguments.toArray(String[]::new));
    }

    private static List<String[]> runs(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("seed "))
                .map(line -> line.split(" "))
                .toList();
    }

    @Test
    @SuppressWarnings("SystemOut") // a figure of the build
    void promisesHoldWhateverBreaks() throws IOException, InterruptedException, ExecutionException {
        String seed = System.getProperty("skein.simulation.actorSeed");
        if (seed != null) {
            System.out.println(run(1, 1, List.of(seed)));
            return;
        }
        double hours = Double.parseDouble(System.getProperty("skein.simulation.actorHours", String.valueOf(HOURS)));
        long from = Long.getLong("skein.simulation.actorFrom", 1);
        run(
                hours,
                1,
                Campaign.regressions(REGRESSIONS).stream().map(String::valueOf).toList());
        int processes = Math.max(1, Runtime.getRuntime().availableProcessors());
        long begun = System.nanoTime();
        List<Callable<List<String>>> shares = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            String seeds = (from + i) + "+" + processes;
            shares.add(() -> run(hours / processes, 1, List.of(seeds)));
        }
        List<String[]> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(processes)) {
            for (Future<List<String>> share : threads.invokeAll(shares)) {
                done.addAll(runs(share.get()));
                share.get().stream().filter(line -> line.startsWith("probes")).forEach(System.out::println);
            }
        }
        judge(done, (System.nanoTime() - begun) / 1e9, processes);
    }

    @SuppressWarnings("SystemOut") // as above
    private static void judge(List<String[]> runs, double realSeconds, int processes) {
        double simulated =
                runs.stream().mapToDouble(run -> Double.parseDouble(run[3])).sum();
        long acknowledged =
                runs.stream().mapToLong(run -> Long.parseLong(run[5])).sum();
        long issued = runs.stream().mapToLong(run -> Long.parseLong(run[6])).sum();
        System.out.printf(
                Locale.ROOT,
                "actors: %d runs, %.1f simulated hours in %.0f s in %d processes (%.0f simulated s per s), %d of %d"
                        + " transactions acknowledged%n",
                runs.size(),
                simulated / 3600,
                realSeconds,
                processes,
                simulated / realSeconds,
                acknowledged,
                issued);
        assertThat((double) acknowledged).isGreaterThan(SHARE_MIN * issued);
    }

    @Test
    void theSameSeedIsTheSameRunAgainAndInEveryProcess() throws IOException, InterruptedException {
        List<String> twice = run(10, 2, List.of("1-5")).stream()
                .filter(line -> line.startsWith("seed "))
                .toList();
        List<String> there = run(10, 1, List.of("1-5")).stream()
                .filter(line -> line.startsWith("seed "))
                .toList();
        assertThat(there).hasSize(5).doesNotHaveDuplicates();
        assertThat(twice).hasSize(10);
        assertThat(twice.stream().distinct().toList()).isEqualTo(there);
    }
}
