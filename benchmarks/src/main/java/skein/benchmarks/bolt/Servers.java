package skein.benchmarks.bolt;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import skein.bolt.transport.SelfSigned;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.HostPort;

/** Starts the servers that are measured, each with a user and a certificate, with the same JVM flags. */
public final class Servers {
    private static final List<String> JVM = List.of("-XX:+UseG1GC", "-Xmx2g", "-XX:+UseCompactObjectHeaders");
    /** What Neo4j's own start script opens to it. */
    private static final List<String> PEER_JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector");

    private static final int CONNECTIONS_MAX = 20_000;
    private static final Login SKEIN_LOGIN = new Login("benchmark", "benchmark-only");
    private static final Login PEER_FIRST_LOGIN = new Login("neo4j", "neo4j");
    private static final Login PEER_LOGIN = new Login("neo4j", "benchmark-only");
    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final Path sources;

    /**
     * @param directory where servers keep what they keep
     * @param sources the directory of the benchmarks module
     */
    public Servers(Path directory, Path sources) {
        this.directory = directory;
        this.sources = sources;
    }

    /** @param recording file for a flight recording; empty for none */
    ServerProcess skein(String recording) throws IOException {
        List<String> flags = new ArrayList<>(JVM);
        flags.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        return skein(recording, flags);
    }

    /** As above, with the flags that the launcher gives a server. */
    public ServerProcess skeinAsShipped(String recording) throws IOException {
        return skein(recording, InstanceSpec.SERVER_JVM);
    }

    private ServerProcess skein(String recording, List<String> jvm) throws IOException {
        Map<String, String> settings = new TreeMap<>(SelfSigned.write(directory).flags());
        settings.put("bolt-connections-max", Integer.toString(CONNECTIONS_MAX));
        List<String> flags = new ArrayList<>(jvm);
        if (!recording.isEmpty()) {
            flags.add("-XX:StartFlightRecording=settings=profile,filename=" + recording);
        }
        InstanceProcess instance = InstanceProcess.launch(new InstanceSpec("skein", directory, settings, flags, true));
        HostPort address = instance.awaitReady();
        runOnce(
                onLoopback(address),
                Login.NOBODY,
                "",
                "CREATE USER " + SKEIN_LOGIN.user() + " IDENTIFIED BY '" + SKEIN_LOGIN.password() + "'");
        return new ServerProcess("Skein", onLoopback(address), SKEIN_LOGIN, "", instance.handle(), instance::stop);
    }

    public ServerProcess neo4j() throws IOException, InterruptedException {
        SelfSigned.write(directory);
        Path program = sources.resolve("src").resolve("peer").resolve("neo4j");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(PEER_JVM);
        command.addAll(List.of(
                "-cp", peerClassPath(program), program.resolve("Neo4jPeer.java").toString(), directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("neo4j.log").toFile())
                .start();
        InetSocketAddress address = awaitReady(process);
        changeFirstPassword(address);
        return new ServerProcess("Neo4j", address, PEER_LOGIN, "neo4j", process.toHandle(), () -> end(process));
    }

    private static InetSocketAddress onLoopback(HostPort address) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), address.port());
    }

    private String peerClassPath(Path program) throws IOException, InterruptedException {
        Path file = Files.createDirectories(sources.resolve("target").resolve("peer"))
                .resolve("neo4j.classpath");
        if (!Files.exists(file)) {
            int status = new ProcessBuilder(
                            "mvn",
                            "--batch-mode",
                            "--quiet",
                            "--file",
                            program.resolve("pom.xml").toString(),
                            "dependency:build-classpath",
                            "-Dmdep.outputFile=" + file.toAbsolutePath())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("Neo4j could not be fetched; --alone measures Skein without it");
            }
        }
        return Files.readString(file);
    }

    private InetSocketAddress awaitReady(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY ")) {
                HostPort address = HostPort.parse(line.substring("READY ".length()), 0);
                return onLoopback(address);
            }
        }
        throw new IOException("Neo4j did not start; it said:\n" + Files.readString(directory.resolve("neo4j.log")));
    }

    /** Neo4j's first password is good for nothing but to be changed. */
    private static void changeFirstPassword(InetSocketAddress address) throws IOException {
        String statement = "ALTER CURRENT USER SET PASSWORD FROM '" + PEER_FIRST_LOGIN.password() + "' TO '"
                + PEER_LOGIN.password() + "'";
        runOnce(address, PEER_FIRST_LOGIN, "system", statement);
    }

    private static void runOnce(InetSocketAddress address, Login login, String database, String statement)
            throws IOException {
        try (ClosedLoop once = new ClosedLoop(address, login, 1)) {
            once.run(Requests.query(statement, database), Duration.ZERO);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(READY_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
