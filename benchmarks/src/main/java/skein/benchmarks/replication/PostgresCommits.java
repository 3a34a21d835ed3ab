package skein.benchmarks.replication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Commits of a PostgreSQL primary with at most one standby, as pgbench measures them: one row inserted per transaction,
 * prepared statements, two threads.
 */
final class PostgresCommits {
    /** Cases by name: whether there is a standby, and what a commit waits for. */
    private record Case(String name, boolean standby, String standbyNames, String synchronousCommit) {}

    private static final List<Case> CASES = List.of(
            new Case("none", false, "", "on"),
            new Case("1 async", true, "", "on"),
            new Case("1 sync", true, "standby", "on"),
            new Case("1 remote_apply", true, "standby", "remote_apply"));

    private static final String INSERT = "\\set i random(1, 1000000000)\nINSERT INTO n (id) VALUES (:i);\n";

    private final ReplicationSettings settings;
    private final PostgresServers servers;
    private final Path directory;

    /** @param directory that the servers may write to */
    PostgresCommits(ReplicationSettings settings, PostgresServers servers, Path directory) {
        this.settings = settings;
        this.servers = servers;
        this.directory = directory;
    }

    Map<String, Map<Integer, Commits>> measure(Progress progress) throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("insert.sql"), INSERT);
        Map<String, Map<Integer, Commits>> results = new LinkedHashMap<>();
        servers.startPrimary();
        servers.query("CREATE TABLE n (id bigint)");
        boolean standby = false;
        for (Case wanted : CASES) {
            progress.begins("PostgreSQL, " + wanted.name);
            if (wanted.standby && !standby) {
                servers.startStandby();
                standby = true;
            }
            servers.query("ALTER SYSTEM SET synchronous_standby_names = '" + wanted.standbyNames + "'");
            servers.query("ALTER SYSTEM SET synchronous_commit = '" + wanted.synchronousCommit + "'");
            servers.query("SELECT pg_reload_conf()");
            if (standby) {
                servers.awaitStandby(wanted.standbyNames.isEmpty() ? "async" : "sync");
            }
            results.put(wanted.name, loads(script));
        }
        return results;
    }

    private Map<Integer, Commits> loads(Path script) throws IOException, InterruptedException {
        Map<Integer, Commits> commits = new LinkedHashMap<>();
        for (int connections : settings.connections()) {
            bench(script, connections, Math.max(1, settings.warmUp().toSeconds()));
            deleteLogs();
            long seconds = Math.max(1, settings.time().toSeconds());
            bench(script, connections, seconds);
            commits.put(connections, commits(seconds));
            deleteLogs();
        }
        return commits;
    }

    private void bench(Path script, int connections, long seconds) throws IOException, InterruptedException {
        servers.bench(List.of(
                "--no-vacuum",
                "--client=" + connections,
                "--jobs=" + Math.min(2, connections),
                "--time=" + seconds,
                "--protocol=prepared",
                "--file=" + script,
                "--log",
                "--log-prefix=" + directory.resolve("pgbench_log")));
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pgbench_log"))
                    .toList();
        }
    }

    private void deleteLogs() throws IOException {
        for (Path log : logs()) {
            Files.delete(log);
        }
    }

    /** One line for each transaction: client, its transactions so far, microseconds, and more. */
    private Commits commits(long seconds) throws IOException {
        List<Long> micros = new ArrayList<>();
        for (Path log : logs()) {
            for (String line : Files.readAllLines(log)) {
                micros.add(Long.valueOf(line.split(" ", 4)[2]));
            }
        }
        if (micros.isEmpty()) {
            throw new IOException("pgbench committed nothing");
        }
        micros.sort(null);
        return new Commits(
                (double) micros.size() / seconds, micros.get(micros.size() / 2), micros.get(micros.size() * 99 / 100));
    }
}
