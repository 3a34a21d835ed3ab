package skein.benchmarks.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import skein.benchmarks.Disk;
import skein.server.child.InstanceSpec;

/**
 * Changes that a majority of three holds, beside etcd: {@code [--seconds=n] [--clients=1,8,64] [--alone]
 * [--only=side,...] [--record=d] [--directory=d]}. Prints the machine and one table.
 */
public final class RaftMain {
    private static final String INDENT = "  ";
    private static final Duration PROBE = Duration.ofSeconds(1);

    private final RaftOptions options;
    private final Path directory;
    private final Progress progress;

    RaftMain(RaftOptions options, Path directory, Progress progress) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        RaftOptions options = RaftOptions.parse(arguments);
        Path chosen = options.directory();
        Path directory = chosen == null ? Files.createTempDirectory("skein-raft-") : Files.createDirectories(chosen);
        System.out.printf(
                "java %s, %d processors, %d ms per figure, three processes with %s, fsync before every count%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                options.time().toMillis(),
                InstanceSpec.SERVER_JVM);
        RaftMain main = new RaftMain(options, directory, what -> System.err.println(INDENT + what));
        main.sayForces();
        Map<String, Map<Integer, Rate>> rates = main.measure();
        main.sayForces();
        RaftTable table = new RaftTable(System.out::println);
        table.head();
        rates.forEach(table::print);
    }

    private void sayForces() throws IOException {
        System.out.printf("the disk: %.0f forced writes/s of one thread%n", Disk.forcesPerSecond(directory, PROBE));
    }

    /** By side. */
    Map<String, Map<Integer, Rate>> measure() throws IOException, InterruptedException {
        Map<String, Map<Integer, Rate>> rates = new LinkedHashMap<>();
        if (options.isWanted(MemberGroup.SIDE)) {
            progress.begins(MemberGroup.SIDE);
            try (MemberGroup group = MemberGroup.start(options, directory.resolve("members"))) {
                rates.put(MemberGroup.SIDE, group.measure());
            }
        }
        if (options.isWanted(Coordinators.SIDE)) {
            progress.begins(Coordinators.SIDE);
            try (Coordinators coordinators = Coordinators.start(options, directory.resolve("coordinators"))) {
                rates.put(Coordinators.SIDE, coordinators.measure());
            }
        }
        if (options.etcd() && options.isWanted(EtcdPuts.SIDE)) {
            etcd(rates);
        }
        return rates;
    }

    private void etcd(Map<String, Map<Integer, Rate>> rates) throws IOException, InterruptedException {
        Optional<Path> binary = EtcdServers.find();
        if (binary.isEmpty()) {
            progress.begins(EtcdServers.MISSING);
            return;
        }
        progress.begins(EtcdPuts.SIDE + ", " + EtcdServers.version(binary.get()));
        try (EtcdServers servers = EtcdServers.start(binary.get(), directory.resolve("etcd"))) {
            rates.put(EtcdPuts.SIDE, new EtcdPuts(options, servers.leader()).measure());
        }
    }
}
