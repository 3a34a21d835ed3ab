package skein.benchmarks.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import skein.benchmarks.Disk;
import skein.server.child.InstanceSpec;

/**
 * Three coordinators and three data instances as processes on this machine, and what clients see when the MAIN is
 * killed, hands over, when the coordinators' leader is killed, and when everybody is busy. {@link FailoverSettings}
 * lists the arguments. Prints the machine and a table for each part.
 */
public final class FailoverMain {
    private FailoverMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FailoverSettings settings = FailoverSettings.parse(arguments);
        Path chosen = settings.directory();
        Path directory = chosen == null ? Files.createTempDirectory("skein-failover-") : chosen;
        Files.createDirectories(directory);
        System.out.printf(
                "java %s, %d processors, replicas %s, a write every %d ms from each of two clients, instances with %s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                settings.mode(),
                settings.pace().toMillis(),
                InstanceSpec.SMALL_JVM);
        System.out.printf("the disk: %.0f forced writes/s%n", Disk.forcesPerSecond(directory, Duration.ofSeconds(1)));
        Progress progress = what -> System.err.println("  " + what);
        OutcomeTable table = new OutcomeTable(System.out::println);
        for (Timing timing : settings.timings()) {
            measure(settings, directory.resolve(timing.name()), timing, progress, table);
        }
    }

    private static void measure(
            FailoverSettings settings, Path directory, Timing timing, Progress progress, OutcomeTable table)
            throws InterruptedException {
        progress.says("timing: " + timing);
        try (MeasuredCluster cluster = MeasuredCluster.formed(directory, settings.mode(), timing)) {
            if (settings.isWanted("kill")) {
                String aims = "; aim p50 %d, p99 %d".formatted(timing.aimMillisP50(), timing.aimMillisP99());
                table.print(
                        "kill -9 of the MAIN to the first committed write, " + timing + aims,
                        new KillFigure(cluster, progress).measure(settings));
            }
            if (settings.isWanted("switchover")) {
                table.print(
                        "switchover, " + timing + "; aim p99 300",
                        new SwitchoverFigure(cluster, progress).measure(settings));
            }
            if (settings.isWanted("leader")) {
                table.print(
                        "kill -9 of the coordinators' leader, " + timing,
                        new LeaderFigure(cluster, progress).measure(settings));
            }
            if (settings.isWanted("load")) {
                table.print("full load, " + timing, new LoadFigure(cluster, progress).measure(settings.load()));
            }
        }
    }
}
