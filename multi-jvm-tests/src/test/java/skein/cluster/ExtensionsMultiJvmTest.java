package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
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
    Path directory;

    private Path extensions = Path.of("");
    private Path imports = Path.of("");

    @BeforeEach
    void makeDirectories() throws IOException {
        extensions = Files.createDirectory(directory.resolve("extensions"));
        imports = Files.createDirectory(directory.resolve("imports"));
        Files.writeString(imports.resolve("people.csv"), "name,age\nann,30\nbob,40\n");
    }

    private InstanceProcess start() {
        return InstanceProcess.launch(InstanceSpec.small(
                "node",
                directory,
                Map.of("extensions-directory", extensions.toString(), "import-directory", imports.toString())));
    }

    private static List<String> strings(Session session, String query) {
        return session.run(query).list(row -> row.get(0).asString());
    }

    @Test
    void aServerCallsWhatJarsBringAndLoadsFiles() throws IOException {
        ExtensionJar.write(extensions.resolve("greetings.jar"), "Greetings", GREETINGS.replace("%s", "greetings"));
        Files.writeString(extensions.resolve("notes.txt"), "no jar");
        try (InstanceProcess node = start();
                Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady());
                Session session = driver.session()) {
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

    /** Asking for the numbers runs queries as well, the same ones each time. */
    @Test
    void plansThatWereThereAlreadyAreCounted() {
        try (InstanceProcess node = start();
                Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady());
                Session session = driver.session()) {
            double first = planCacheHits(session);
            double second = planCacheHits(session);
            IntStream.range(0, 5).forEach(i -> strings(session, "RETURN toString(" + i + ") AS text"));
            assertThat(planCacheHits(session) - second).isEqualTo(second - first + 4);
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
        ExtensionJar.write(extensions.resolve("greetings.jar"), "Greetings", GREETINGS.replace("%s", "db"));
        try (InstanceProcess node = start()) {
            assertThatThrownBy(node::awaitReady);
        }
        assertThat(Files.readString(directory.resolve("node.log")))
                .contains("Greetings.hello", "is a name of Skein's own")
                .doesNotContain("\tat ");
    }
}
