package skein.benchmarks.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import skein.benchmarks.Disk;
import skein.server.child.InstanceSpec;

/**
 * Durable commits by replication mode, beside PostgreSQL: {@code [--seconds=n] [--connections=1,8,64] [--alone]
 * [--only=case,...] [--directory=d]}. Prints the machine and one table.
 */
public final class ReplicationMain {
    private static final String INDENT = "  ";

    private ReplicationMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ReplicationSettings settings = ReplicationSettings.parse(arguments);
        Path directory =
                settings.directory() == null ? Files.createTempDirectory("skein-replication-") : settings.directory();
        Files.createDirectories(directory);
        System.out.printf(
                "java %s, %d processors, %d ms per figure, instances with %s, fsync before every acknowledgement%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                settings.time().toMillis(),
                InstanceSpec.SERVER_JVM);
        System.out.printf("the disk: %.0f forced writes/s%n", Disk.forcesPerSecond(directory, Duration.ofSeconds(1)));
        Progress progress = what -> System.err.println(INDENT + what);
        Map<String, Map<Integer, Commits>> skein =
                new SkeinCommits(settings, directory.resolve("skein")).measure(progress);
        Map<String, Map<Integer, Commits>> postgresql =
                settings.postgresql() ? postgresql(settings, progress) : Map.of();
        System.out.printf("the disk: %.0f forced writes/s%n", Disk.forcesPerSecond(directory, Duration.ofSeconds(1)));
        ReplicationTable table = new ReplicationTable(System.out::println);
        table.head();
        table.print("Skein", skein);
        table.print("PostgreSQL", postgresql);
    }

    private static Map<String, Map<Integer, Commits>> postgresql(ReplicationSettings settings, Progress progress)
            throws IOException, InterruptedException {
        Optional<Path> binaries = PostgresServers.find();
        if (binaries.isEmpty()) {
            System.out.println(PostgresServers.MISSING);
            return Map.of();
        }
        // below the system's directory for such things, where the user who runs the servers may go
        Path directory = Files.createTempDirectory("skein-postgresql-");
        PostgresServers.give(directory);
        try (PostgresServers servers = new PostgresServers(binaries.get(), directory)) {
            System.out.println(servers.version());
            return new PostgresCommits(settings, servers, directory).measure(progress);
        }
    }
}
