package skein.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** A reader of docs/operations/high-availability.md gets a cluster. */
final class HighAvailabilityDocumentMultiJvmTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "operations", "high-availability.md");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern PORT = Pattern.compile("(?<=[:=])\\d{4,5}\\b");
    private static final Pattern FLAG = Pattern.compile("--([a-z-]+)=(\\S+)");

    @TempDir
    Path directory;

    private final Map<String, String> ports = new HashMap<>();

    @Test
    void whatItSaysIsTypedAndAClusterStands() throws IOException {
        Document document = Document.read(DOCUMENT);
        List<InstanceProcess> instances = new ArrayList<>();
        try {
            document.blocks("sh").getFirst().lines().forEach(command -> instances.add(launched(onFreePorts(command))));
            instances.forEach(InstanceProcess::awaitReady);
            assertThat(instances).hasSize(6);
            List<String> statements =
                    document.blocks("cypher").getFirst().lines().toList();
            assertThat(statements).hasSize(8);
            try (Driver coordinator =
                    GraphDatabase.driver("bolt://" + instances.getFirst().awaitReady())) {
                statements.forEach(statement -> typed(coordinator, onFreePorts(statement)));
                await().atMost(PATIENCE).until(() -> isWhole(run(coordinator, "SHOW INSTANCES")));
            }
            try (Driver clients =
                    GraphDatabase.driver("neo4j://" + instances.getFirst().awaitReady())) {
                clients.executableQuery("CREATE (:City {name: 'Lyon'})").execute();
                assertThat(clients.executableQuery("MATCH (c:City) RETURN c.name")
                                .execute()
                                .records())
                        .hasSize(1);
            }
        } finally {
            instances.forEach(InstanceProcess::close);
        }
    }

    private InstanceProcess launched(String command) {
        assertThat(command).startsWith("./skein server ");
        Map<String, String> flags = new HashMap<>();
        FLAG.matcher(command).results().forEach(flag -> flags.put(flag.group(1), flag.group(2)));
        String name = Objects.requireNonNull(flags.remove("data-directory"), command);
        return InstanceProcess.launch(InstanceSpec.small(name, directory, flags));
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
