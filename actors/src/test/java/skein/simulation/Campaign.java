package skein.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Runs of many seeds, one thread each, as many at a time as there are processors: first those that failed once, then
 * one after the other until so much time was simulated. One in a hundred runs twice and must do the same again.
 */
public final class Campaign {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int REPEAT_EVERY = 100;

    /** A look for what fails in many ways goes on after the first. */
    private static final int FAILURES_MAX = Integer.getInteger("skein.simulation.failures", 1);

    private final Simulation simulation;
    private final AtomicLong next;
    private final AtomicLong simulatedMillis = new AtomicLong();
    private final AtomicInteger failed = new AtomicInteger();

    /** Runs one seed; fails when a promise was broken. */
    public interface Simulation {
        RunResult run(long seed, Probes probes);
    }

    /**
     * What came of it.
     *
     * @param failures by seed
     */
    public record Report(
            RunResult total, long runs, Probes probes, TreeMap<Long, String> failures, double realSeconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d runs, %.1f simulated hours in %.0f s (%.0f simulated s per s), %d events, %d of %d writes"
                            + " acknowledged%n%s",
                    runs,
                    total.simulatedSeconds() / SECONDS_PER_HOUR,
                    realSeconds,
                    total.simulatedSeconds() / realSeconds,
                    total.events(),
                    total.acknowledged(),
                    total.issued(),
                    probes);
        }
    }

    private Campaign(Simulation simulation, long firstSeed) {
        this.simulation = simulation;
        this.next = new AtomicLong(firstSeed);
    }

    /** The seeds of a file of regressions: one a line, the rest of the line says what it was. */
    public static List<Long> regressions(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Long.parseLong(line.strip().split("\\s+", 2)[0]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param regressions run before all others */
    public static Report run(Simulation simulation, List<Long> regressions, long firstSeed, double hours) {
        return new Campaign(simulation, firstSeed).run(regressions, hours);
    }

    private Report run(List<Long> regressions, double hours) {
        long begun = System.nanoTime();
        Report all = new Report(RunResult.NONE, 0, new Probes(), new TreeMap<>(), 0);
        for (long seed : regressions) {
            all = and(all, one(seed));
        }
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Report>> shares = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                shares.add(workers.submit(() -> share(hours)));
            }
            for (Future<Report> share : shares) {
                all = and(all, share.get());
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("a worker has failed", e);
        } finally {
            workers.shutdownNow();
        }
        double real = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        return new Report(all.total(), all.runs(), all.probes(), all.failures(), real);
    }

    private Report share(double hours) {
        Report all = new Report(RunResult.NONE, 0, new Probes(), new TreeMap<>(), 0);
        while (simulatedMillis.get() < hours * SECONDS_PER_HOUR * 1000 && failed.get() < FAILURES_MAX) {
            Report one = one(next.getAndIncrement());
            simulatedMillis.addAndGet((long) (one.total().simulatedSeconds() * 1000));
            all = and(all, one);
        }
        return all;
    }

    private Report one(long seed) {
        Probes probes = new Probes();
        TreeMap<Long, String> failures = new TreeMap<>();
        RunResult result = RunResult.NONE;
        try {
            result = simulation.run(seed, probes);
            if (seed % REPEAT_EVERY == 0) {
                RunResult again = simulation.run(seed, new Probes());
                if (again.hash() != result.hash()) {
                    failures.put(seed, "seed " + seed + " did not do the same again");
                }
            }
        } catch (RuntimeException | Error e) {
            failures.put(seed, String.valueOf(e.getMessage()));
        }
        if (!failures.isEmpty()) {
            failed.incrementAndGet();
        }
        return new Report(result, 1, probes, failures, 0);
    }

    private static Report and(Report one, Report other) {
        Probes probes = new Probes();
        probes.add(one.probes());
        probes.add(other.probes());
        TreeMap<Long, String> failures = new TreeMap<>(one.failures());
        failures.putAll(other.failures());
        return new Report(one.total().and(other.total()), one.runs() + other.runs(), probes, failures, 0);
    }
}
