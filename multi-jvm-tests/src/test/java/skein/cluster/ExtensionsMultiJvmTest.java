package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** What an operator puts beside a server process: jars of extensions, and files to load. */
final class ExtensionsMultiJvmTest {
    private static final String GREETINGS = """
            import java.util.List;
            import java.util.stream.StreamSupport;
            import skein.extension.*;

            public final class Greetings implements Extension {
                public record Greeting(String words) {}

                @Function(name = "%s.hello")
                public String hello(@Argument("name") String name) {
                    return "hello " + name;
                }

                @Procedure(name = "%s.all")
                public List<Greeting> all(ExtensionContext context, @Argument("label") String label) {
                    return StreamSupport.stream(context.graph().nodes(label).spliterator(), false)
                            .map(node -> new Greeting(hello((String) node.property("name"))))
                            .toList();
                }
            }
            """;

    @TempDir
    private static Path directory;

    private static @Nullable InstanceProcess started;
    private static @Nullable Driver connected;

    @BeforeAll
    static void start() throws IOException {
        Path extensions = directoryWith("extensions", "notes.txt", "no jar");
        ExtensionJar.write(extensions.resolve("greetings.jar"), "Greetings", GREETINGS.replace("%s", "greetings"));
        Path imports = directoryWith("imports", "people.csv", "name,age\nann,30\nbob,40\n");
        InstanceProcess node = launch(
                "node", Map.of("extensions-directory", extensions.toString(), "import-directory", imports.toString()));
        started = node;
        connected = GraphDatabase.driver("bolt://" + node.awaitReady());
    }

    @AfterAll
    static void stop() {
        if (connected != null) {
            connected.close();
        }
        if (started != null) {
            started.close();
        }
    }

    private static Path directoryWith(String name, String file, String content) throws IOException {
        Path made = Files.createDirectory(directory.resolve(name));
        Files.writeString(made.resolve(file), content);
        return made;
    }

    private static InstanceProcess launch(String name, Map<String, String> flags) {
        return InstanceProcess.launch(InstanceSpec.small(name, directory, flags));
    }

    private static Session session() {
        return Objects.requireNonNull(connected).session();
    }

    private static List<String> strings(Session session, String query) {
        return session.run(query).list(row -> row.get(0).asString());
    }

    @Test
    void aServerCallsWhatJarsBringAndLoadsFiles() {
        try (Session session = session()) {
            session.run("LOAD CSV WITH HEADERS FROM 'file:///people.csv' AS row"
                            + " CREATE (:P {name: row.name, age: toInteger(row.age)})")
                    .consume();
            assertThat(strings(session, "MATCH (p:P) WHERE p.age > 35 RETURN greetings.hello(p.name)"))
                    .containsExactly("hello bob");
            assertThat(strings(session, "CALL greetings.all('P') YIELD words RETURN words ORDER BY words"))
                    .containsExactly("hello ann", "hello bob");
            assertThatThrownBy(() -> strings(session, "LOAD CSV FROM '../node.log' AS row RETURN row[0]"))
                    .hasMessageContaining("may not be read");
        }
    }

    /** Asking for the numbers takes plans as well, from the third time on as many each time. */
    @Test
    void plansThatWereThereAlreadyAreCounted() {
        try (Session session = session()) {
            List<Double> hits =
                    Stream.generate(() -> planCacheHits(session)).limit(4).toList();
            double each = hits.get(3) - hits.get(2);
            IntStream.range(0, 5).forEach(i -> strings(session, "RETURN 'text " + i + "' AS text"));
            assertThat(planCacheHits(session) - hits.get(3)).isEqualTo(each + 4);
        }
    }

    private static double planCacheHits(Session session) {
        return session.run("SHOW METRICS INFO").stream()
                .filter(row -> row.get("name").asString().equals("skein_plan_cache_hits"))
                .mapToDouble(row -> row.get("value").asDouble())
                .sum();
    }

    @Test
    void aNameOfSkeinsOwnKeepsTheServerFromStarting() throws IOException {
        Path extensions = directoryWith("extensions-refused", "notes.txt", "no jar");
        ExtensionJar.write(extensions.resolve("greetings.jar"), "Greetings", GREETINGS.replace("%s", "db"));
        try (InstanceProcess refused = launch("refused", Map.of("extensions-directory", extensions.toString()))) {
            assertThatThrownBy(refused::awaitReady);
        }
        assertThat(Files.readString(directory.resolve("refused.log")))
                .contains("Greetings.hello", "is a name of Skein's own")
                .doesNotContain("\tat ");
    }
}
