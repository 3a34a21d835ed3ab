package skein.benchmarks.raft;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three members of etcd on loopback, with its defaults: it flushes before it counts. */
final class EtcdServers implements AutoCloseable {
    /** What the log says of a machine without it. */
    static final String MISSING = "etcd was not found and is left out. On Debian: apt-get install etcd-server.";

    private static final int MEMBERS = 3;
    private static final int TRIES_MAX = 200;
    private static final int BETWEEN_TRIES_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern MEMBER = Pattern.compile("\"member_id\":\"(\\d+)\"");
    private static final Pattern LEADER = Pattern.compile("\"leader\":\"(\\d+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<Integer> ports = Ports.free(2 * MEMBERS);
    private final List<Process> processes = new ArrayList<>();
    private final Path binary;
    private final Path directory;

    private EtcdServers(Path binary, Path directory) {
        this.binary = binary;
        this.directory = directory;
    }

    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(place -> Path.of(place, "etcd"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String version(Path binary) throws IOException {
        Process process = new ProcessBuilder(binary.toString(), "--version").start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.lines().findFirst().orElse("etcd of an unknown version");
    }

    static EtcdServers start(Path binary, Path directory) throws IOException {
        EtcdServers servers = new EtcdServers(binary, directory);
        Files.createDirectories(directory);
        try {
            for (int i = 0; i < MEMBERS; i++) {
                servers.processes.add(servers.launch(i));
            }
            return servers;
        } catch (IOException e) {
            servers.close();
            throw e;
        }
    }

    private String client(int member) {
        return "http://127.0.0.1:" + ports.get(member);
    }

    private String peer(int member) {
        return "http://127.0.0.1:" + ports.get(MEMBERS + member);
    }

    private Process launch(int member) throws IOException {
        String all = IntStream.range(0, MEMBERS)
                .mapToObj(one -> "member" + one + "=" + peer(one))
                .collect(Collectors.joining(","));
        return new ProcessBuilder(
                        binary.toString(),
                        "--name=member" + member,
                        "--data-dir=" + directory.resolve("member" + member),
                        "--listen-client-urls=" + client(member),
                        "--advertise-client-urls=" + client(member),
                        "--listen-peer-urls=" + peer(member),
                        "--initial-advertise-peer-urls=" + peer(member),
                        "--initial-cluster=" + all)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("member" + member + ".log").toFile())
                .start();
    }

    /** Waits until there is one; clients ask it, as they ask our leader. */
    InetSocketAddress leader() throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            for (int member = 0; member < MEMBERS; member++) {
                if (leads(member)) {
                    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(member));
                }
            }
            Thread.sleep(BETWEEN_TRIES_MILLIS);
        }
        throw new IOException("etcd has elected no leader; its logs are in " + directory);
    }

    private boolean leads(int member) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(client(member) + "/v3/maintenance/status"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try {
            String status =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher self = MEMBER.matcher(status);
            Matcher leader = LEADER.matcher(status);
            return self.find() && leader.find() && self.group(1).equals(leader.group(1));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
