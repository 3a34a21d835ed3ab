package skein.benchmarks.replication;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL primary and its standby in a directory, on loopback. PostgreSQL refuses to run as root: then everything
 * is done as the user whom its package has made.
 */
final class PostgresServers implements AutoCloseable {
    /** What the log says of a machine without it. */
    static final String MISSING = "PostgreSQL was not found and is left out. On Debian: apt-get install postgresql.";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String PACKAGE_USER = "postgres";
    private static final int TRIES_MAX = 600;

    private final Path binaries;
    private final Path directory;
    private final int primaryPort;
    private final int standbyPort;
    private final List<Path> running = new ArrayList<>();

    /** @param directory that the user who runs the servers may write to */
    PostgresServers(Path binaries, Path directory) throws IOException {
        this.binaries = binaries;
        this.directory = directory;
        this.primaryPort = freePort();
        this.standbyPort = freePort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where its programs are: beside the first {@code initdb} on the PATH, or where Debian puts them. */
    static Optional<Path> find() throws IOException {
        Stream<Path> onPath =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
        List<Path> packaged = List.of();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                packaged = versions.sorted().toList().reversed().stream()
                        .map(version -> version.resolve("bin"))
                        .toList();
            }
        }
        return Stream.concat(onPath, packaged.stream())
                .filter(place ->
                        Files.isExecutable(place.resolve("initdb")) && Files.isExecutable(place.resolve("pgbench")))
                .findFirst();
    }

    /** Hands a directory to whoever runs the servers. */
    static void give(Path directory) throws IOException, InterruptedException {
        if (isRoot()) {
            run(List.of("chown", PACKAGE_USER, directory.toString()));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    String version() throws IOException, InterruptedException {
        return run(List.of(binaries.resolve("postgres").toString(), "--version"));
    }

    void startPrimary() throws IOException, InterruptedException {
        Path data = directory.resolve("primary");
        tool("initdb", "--pgdata=" + data, "--username=" + PACKAGE_USER, "--auth=trust", "--no-instructions");
        start(data, primaryPort);
    }

    /** A copy of the primary that follows it under the name {@code standby}. */
    void startStandby() throws IOException, InterruptedException {
        Path data = directory.resolve("standby");
        String source = "host=127.0.0.1 port=" + primaryPort + " user=" + PACKAGE_USER + " application_name=standby";
        tool("pg_basebackup", "--dbname=" + source, "--pgdata=" + data, "--write-recovery-conf", "--checkpoint=fast");
        start(data, standbyPort);
    }

    private void start(Path data, int port) throws IOException, InterruptedException {
        String options = String.join(
                " ",
                "-c listen_addresses=127.0.0.1",
                "-c port=" + port,
                "-c unix_socket_directories=" + directory,
                "-c shared_buffers=256MB",
                "-c fsync=on",
                "-c max_wal_size=8GB");
        running.add(data);
        tool("pg_ctl", "start", "--wait", "--pgdata=" + data, "--log=" + data + ".log", "--options=" + options);
    }

    /** Answers what one statement on the primary answers, without decoration. */
    String query(String statement) throws IOException, InterruptedException {
        return tool("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--command=" + statement, connection());
    }

    private String connection() {
        return "host=127.0.0.1 port=" + primaryPort + " user=" + PACKAGE_USER + " dbname=postgres";
    }

    /** Waits until the standby follows in this way. */
    void awaitStandby(String state) throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            String found = query("SELECT sync_state || ' ' || state FROM pg_stat_replication");
            if (found.equals(state + " streaming")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException("the standby did not follow as " + state);
    }

    void bench(List<String> arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add(connection());
        tool("pgbench", all.toArray(String[]::new));
    }

    private String tool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", PACKAGE_USER, "--"));
        }
        command.add(binaries.resolve(name).toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        // a server that pg_ctl starts keeps what it inherits open: its output must not be waited for
        Path output = Files.createTempFile("skein-postgresql-", ".out");
        try {
            int status = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String said = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Path data : running.reversed()) {
                tool("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + data);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
