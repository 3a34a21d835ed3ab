package skein.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import picocli.CommandLine;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.server.operate.ClusterCommand;

/**
 * A reader of docs/operations/high-availability.md gets a cluster, sees it by every command and number that is named
 * there, and sees it fail over. One cluster for all, because it takes longest to start.
 */
final class HighAvailabilityDocumentMultiJvmTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "operations", "high-availability.md");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern PORT = Pattern.compile("(?<=[:=])\\d{4,5}\\b");
    private static final Pattern FLAG = Pattern.compile("--([a-z-]+)=(\\S+)");
    private static final String COMMAND = "./skein cluster ";

    @TempDir
    Path directory;

    private final Map<String, String> ports = new HashMap<>();
    private final Map<String, InstanceProcess> instances = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whatItSaysIsTypedAndAClusterStandsAndFailsOver() throws Exception {
        Document document = Document.read(DOCUMENT);
        try (http) {
            form(document);
            assertEveryNumberOfTheGuideIsThere(document);
            assertEveryCommandOfTheGuideIsDone(document);
            assertOlderFormsAreUnderstood(document);
            assertTheEndOfTheMainIsSeenEverywhere();
        } finally {
            instances.values().forEach(InstanceProcess::close);
        }
    }

    private void form(Document document) {
        document.blocks("sh").getFirst().lines().forEach(this::launch);
        instances.values().forEach(InstanceProcess::awaitReady);
        assertThat(instances).hasSize(6);
        List<String> statements = document.blocks("cypher").getFirst().lines().toList();
        assertThat(statements).hasSize(8);
        try (Driver coordinator = GraphDatabase.driver(bolt("coordinator_1"))) {
            statements.forEach(statement -> typed(coordinator, onFreePorts(statement)));
            await().atMost(PATIENCE).until(() -> isWhole(run(coordinator, "SHOW INSTANCES")));
        }
        try (Driver clients = GraphDatabase.driver("neo4j://" + address("coordinator_1"))) {
            clients.executableQuery("CREATE (:City {name: 'Lyon'})").execute();
            assertThat(clients.executableQuery("MATCH (c:City) RETURN c.name")
                            .execute()
                            .records())
                    .hasSize(1);
        }
    }

    /** Every line of every block that begins with the command, in the order of the document. */
    private void assertEveryCommandOfTheGuideIsDone(Document document) {
        List<String> commands = document.blocks("sh").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(COMMAND))
                .toList();
        assertThat(commands).hasSizeGreaterThan(7);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shell("status").status()).isZero());
        for (String command : commands) {
            Outcome outcome = shell(command.substring(COMMAND.length()));
            assertThat(outcome.status()).as(command + "\n" + outcome.text()).isZero();
        }
        // the switchover of the guide has left the MAIN before as a replica like the other
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (String replica : List.of("http://localhost:7474", "http://localhost:7476")) {
                HttpResponse<String> answer = get(replica + "/role/readable");
                assertThat(answer.statusCode())
                        .as(replica + ": " + answer.body())
                        .isEqualTo(200);
            }
            assertThat(get("http://localhost:7475/role/main").statusCode()).isEqualTo(200);
            assertThat(get("http://localhost:7475/role/readable").statusCode()).isEqualTo(503);
        });
        Outcome json = shell("status --output json --uri bolt://localhost:7690");
        assertThat(json.text()).startsWith("{\"verdict\":\"Healthy: MAIN ").contains("\"instances\":[{");
        assertThat(json.text())
                .containsPattern("\"terms\":\"Coordinators in term \\d+, MAIN in reign \\d+\"")
                .containsPattern("\"replicas\":\\[\\{\"name\":\"instance_\\d\",\"mode\":\"[A-Z_]+\",\"state\":");
        assertThat(shell("status --no-such-option").status()).isEqualTo(2);
        assertThat(shell("status --uri bolt://localhost:1").status()).isEqualTo(3);
        assertThat(shell("switchover --to nobody --uri bolt://localhost:7690").status())
                .isIn(1, 4);
    }

    /**
     * Every {@code skein_} that the guide names is in the scrape of a coordinator or of the MAIN. Those of a replica
     * that catches up are there as long as one does, which here none does any more.
     */
    private void assertEveryNumberOfTheGuideIsThere(Document document) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                get("http://localhost:7474/role/readable").statusCode())
                        .isEqualTo(200));
        String scraped = "";
        for (String url : document.blocks("text").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("http://"))
                .toList()) {
            HttpResponse<String> answer = get(url);
            assertThat(answer.statusCode()).as(url + "\n" + answer.body()).isEqualTo(200);
            scraped += answer.body();
        }
        for (String name : document.names("skein_")) {
            if (!name.startsWith("skein_replica_catch_up_")) {
                assertThat(scraped).as("a number of the guide").contains("\n" + name);
            }
        }
        assertThat(get("http://localhost:7475/role/leader").statusCode()).isEqualTo(503);
        assertThat(get("http://localhost:7475/health/ready?lag=-1").statusCode())
                .isEqualTo(400);
        try (Driver main = GraphDatabase.driver(bolt("instance_3"))) {
            assertThat(run(main, "SHOW METRICS INFO"))
                    .extracting(row -> row.get("name").asString())
                    .anyMatch(name -> name.startsWith("skein_commit_phase"))
                    .anyMatch(name -> name.startsWith("skein_replica_state"));
        }
    }

    private void assertOlderFormsAreUnderstood(Document document) {
        List<String> start = document.blocks("sh").stream()
                .filter(block -> block.contains("--experimental-enabled=high-availability"))
                .toList();
        assertThat(start).hasSize(1);
        launch(start.getFirst().strip()).awaitReady();
        try (Driver coordinator = GraphDatabase.driver(bolt("coordinator_1"))) {
            document.blocks("cypher").get(1).lines().forEach(statement -> typed(coordinator, onFreePorts(statement)));
            assertThat(run(coordinator, "SHOW INSTANCES")).hasSize(6);
        }
    }

    private void assertTheEndOfTheMainIsSeenEverywhere() {
        String main = Objects.requireNonNull(mainName());
        Objects.requireNonNull(instances.get(main)).kill();
        await().atMost(PATIENCE)
                .until(() -> !main.equals(mainName()) && !mainName().isEmpty());
        Outcome degraded = shell("status --uri bolt://localhost:7691");
        assertThat(degraded.status()).as(degraded.text()).isEqualTo(6);
        assertThat(degraded.text()).contains("Degraded", main + " (replica) does not answer");
        assertThat(shell("history --uri bolt://localhost:7692").text()).contains("no answer for");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(get("http://localhost:7477/metrics").body())
                                .contains("skein_successful_failovers_total{cause=\"no_answer\"} 1.0")
                                .containsPattern("skein_instance_up\\{mg_instance=\"" + main + "\"\\} 0.0"));
    }

    private String mainName() {
        try (Driver coordinator = GraphDatabase.driver(bolt("coordinator_1"))) {
            return run(coordinator, "SHOW INSTANCES").stream()
                    .filter(row -> row.get("role").asString().equals("main"))
                    .map(row -> row.get("name").asString())
                    .findFirst()
                    .orElse("");
        }
    }

    private record Outcome(int status, String text) {}

    /** A command line of the guide, as {@code skein cluster} takes it. */
    private Outcome shell(String words) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        String line = onFreePorts(words.contains("--uri") ? words : words + " --uri bolt://localhost:7690");
        int status =
                new CommandLine(new ClusterCommand()).setOut(out).setErr(out).execute(line.split(" ", -1));
        return new Outcome(status, text.toString());
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(onFreePorts(url)))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private InstanceProcess launch(String command) {
        assertThat(command).startsWith("./skein server ");
        Map<String, String> flags = new HashMap<>();
        FLAG.matcher(onFreePorts(command)).results().forEach(flag -> flags.put(flag.group(1), flag.group(2)));
        String name = Objects.requireNonNull(flags.remove("data-directory"), command);
        InstanceProcess launched = InstanceProcess.launch(InstanceSpec.small(name, directory, flags));
        instances.put(name, launched);
        return launched;
    }

    private String address(String name) {
        return Objects.requireNonNull(instances.get(name), name).awaitReady().toString();
    }

    private String bolt(String name) {
        return "bolt://" + address(name);
    }

    /** The same port of the document is the same free port everywhere. */
    private String onFreePorts(String text) {
        return PORT.matcher(text).replaceAll((MatchResult port) -> ports.computeIfAbsent(port.group(), key -> free()));
    }

    private static String free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What may be repeated is, as somebody at a keyboard would. */
    private static void typed(Driver coordinator, String statement) {
        await().atMost(PATIENCE).until(() -> {
            try {
                run(coordinator, statement);
                return true;
            } catch (Neo4jException e) {
                if (e instanceof RetryableException) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static List<Record> run(Driver driver, String statement) {
        try (Session session = driver.session()) {
            return session.run(statement).list();
        }
    }

    private static boolean isWhole(List<Record> rows) {
        return rows.size() == 6
                && rows.stream().allMatch(row -> row.get("health").asString().equals("up"))
                && rows.stream()
                        .anyMatch(row -> row.get("name").asString().equals("instance_3")
                                && row.get("role").asString().equals("main"));
    }
}
