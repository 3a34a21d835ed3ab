package skein.benchmarks.bolt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Bolt beside Neo4j Community: {@code [--seconds=n] [--idle=n] [--record=file.jfr] [--alone] [--quick]}. Prints the
 * machine, then one line for each figure: how many a second, how many for each second of the server's processor time,
 * and how many times the peer's that is.
 */
public final class BoltMain {
    /** A login costs the peer a hundredth of a second, so all of them would take longer than everything else. */
    private static final int PEER_IDLE_PART = 5;

    private BoltMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BoltSettings settings = parse(arguments);
        Servers servers = new Servers(
                Files.createTempDirectory("skein-bolt-"),
                Path.of(System.getProperty("skein.benchmarks", "benchmarks")));
        System.out.printf(
                "java %s, %d processors, %d s per figure%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                settings.time().toSeconds());
        Map<String, Figures.Figure> skein;
        try (ServerProcess server = servers.skein(settings.recording())) {
            skein = measure(server, settings);
        }
        Map<String, Figures.Figure> peer = Map.of();
        if (settings.peer()) {
            try (ServerProcess server = servers.neo4j()) {
                peer = measure(server, settings.withIdle(settings.idle() / PEER_IDLE_PART));
            }
        }
        new Table(System.out::println).print(skein, peer);
    }

    private static Map<String, Figures.Figure> measure(ServerProcess server, BoltSettings settings)
            throws IOException, InterruptedException {
        return new Figures(server, settings, step -> System.err.println(server.name() + ": " + step)).measure();
    }

    static BoltSettings parse(String[] arguments) {
        BoltSettings settings = BoltSettings.whole();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            settings = switch (argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument) {
                case "--seconds" -> settings.withTime(Duration.ofSeconds(Long.parseLong(value)));
                case "--idle" -> settings.withIdle(Integer.parseInt(value));
                case "--record" -> settings.recordedTo(value);
                case "--alone" -> settings.alone();
                case "--quick" -> BoltSettings.quick();
                default ->
                    throw new IllegalArgumentException("unknown argument " + argument
                            + "; there are --seconds=n --idle=n --record=file --alone --quick");
            };
        }
        return settings;
    }
}
