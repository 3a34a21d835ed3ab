package skein.benchmarks.bolt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import skein.benchmarks.bolt.CollectorLog.Pause;
import skein.benchmarks.bolt.Resets.Reset;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/**
 * How long a client waits for the answer to a RESET while its query keeps the server busy: {@code [--seconds=n]
 * [--load=connections] [--only=name] [--jvm=flags]}. A line for each kind of query, then what the collector paused; a
 * RESET that took longer than 50 ms is told apart by whether half of it was a pause.
 */
public final class ResetMain {
    private static final double GOAL_MILLIS = 50;
    private static final Duration LOAD_SLICE = Duration.ofMillis(200);

    private final Settings settings;
    private final InetSocketAddress server;
    private final Path collectorLog;

    private ResetMain(Settings settings, InetSocketAddress server, Path collectorLog) {
        this.settings = settings;
        this.server = server;
        this.collectorLog = collectorLog;
    }

    /**
     * What is measured.
     *
     * @param time of each query
     * @param load connections that meanwhile send {@code RETURN 1} one after the other
     * @param only names of queries that are measured contain this
     * @param jvm further flags of the server, separated by blanks
     */
    record Settings(Duration time, int load, String only, String jvm) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings = parse(arguments);
        Path directory = Files.createTempDirectory("skein-reset-");
        Path log = directory.resolve("collector.log");
        List<String> flags = new ArrayList<>(InstanceSpec.SERVER_JVM);
        flags.add(CollectorLog.OPTION.formatted(log));
        flags.addAll(
                settings.jvm().isEmpty() ? List.of() : List.of(settings.jvm().split(" ")));
        try (InstanceProcess instance =
                InstanceProcess.launch(new InstanceSpec("skein", directory, Map.of(), flags, true))) {
            InetSocketAddress address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), instance.awaitReady().port());
            System.out.printf("java %s, server with %s%n", Runtime.version(), flags);
            new ResetMain(settings, address, log).run();
        }
    }

    static Settings parse(String[] arguments) {
        Settings settings = new Settings(Duration.ofSeconds(10), 4, "", "");
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            settings = switch (argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument) {
                case "--seconds" ->
                    new Settings(Duration.ofSeconds(Long.parseLong(value)), settings.load, settings.only, settings.jvm);
                case "--load" -> new Settings(settings.time, Integer.parseInt(value), settings.only, settings.jvm);
                case "--only" -> new Settings(settings.time, settings.load, value, settings.jvm);
                case "--jvm" -> new Settings(settings.time, settings.load, settings.only, value);
                default ->
                    throw new IllegalArgumentException("unknown argument " + argument
                            + "; there are --seconds=n --load=connections --only=name --jvm=flags");
            };
        }
        return settings;
    }

    private void run() throws IOException, InterruptedException {
        try (ClosedLoop once = ClosedLoop.to(server, 1)) {
            for (String statement : HeavyQuery.GRAPH) {
                once.run(Requests.query(statement, ""), Duration.ZERO);
            }
        }
        AtomicBoolean over = new AtomicBoolean();
        Thread load = Thread.ofPlatform().start(() -> load(over));
        print("%-24s%8s%9s%9s%9s%9s%9s", "", "resets", "p50 ms", "p99 ms", "max ms", "> 50 ms", "paused");
        List<Reset> all = new ArrayList<>();
        for (HeavyQuery query : HeavyQuery.ALL) {
            if (query.name().contains(settings.only)) {
                List<Reset> resets = new Resets(server, Login.NOBODY).of(query, settings.time());
                all.addAll(resets);
                row(query.name(), resets);
            }
        }
        over.set(true);
        load.join();
        row("all", all);
        pauses();
    }

    private void load(AtomicBoolean over) {
        if (settings.load() == 0) {
            return;
        }
        try (ClosedLoop loop = ClosedLoop.to(server, settings.load())) {
            byte[] request = Requests.query("RETURN 1", "");
            while (!over.get()) {
                loop.run(request, LOAD_SLICE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void row(String name, List<Reset> resets) throws IOException {
        if (resets.isEmpty()) {
            print("%-24s not measured: no query was still running when its RESET came", name);
            return;
        }
        List<Pause> pauses = CollectorLog.read(collectorLog);
        List<Reset> late =
                resets.stream().filter(reset -> reset.millis() > GOAL_MILLIS).toList();
        long paused = late.stream()
                .filter(reset -> pausedMillis(pauses, reset) > reset.millis() / 2)
                .count();
        double[] sorted = resets.stream().mapToDouble(Reset::millis).sorted().toArray();
        print(
                "%-24s%8d%9.1f%9.1f%9.1f%9d%9d",
                name, sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), late.size(), paused);
    }

    private static double pausedMillis(List<Pause> pauses, Reset reset) {
        return pauses.stream()
                .mapToDouble(pause -> pause.within(reset.atMillis() - reset.millis(), reset.atMillis()))
                .sum();
    }

    static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil((sorted.length - 1) * share)];
    }

    private void pauses() throws IOException {
        double[] sorted = CollectorLog.read(collectorLog).stream()
                .mapToDouble(Pause::millis)
                .sorted()
                .toArray();
        print(
                "collector: %d pauses, p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
