package skein.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skein.bolt.message.BoltVersion;
import skein.clients.Client.Login;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.clients.Client.Target;
import skein.clients.js.JavaScriptDriver;
import skein.clients.js.NodeScripts;
import skein.clients.shell.CypherShell;

/**
 * Every feature, with every client, over every version of Bolt that it speaks. {@code docs/compatibility.md} must say
 * what is measured here; {@code -Dskein.compatibility=write} writes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClientsCompatTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "compatibility.md");

    @TempDir
    static Path directory;

    private final Matrix matrix = new Matrix();
    private Server server;

    @BeforeAll
    void start() {
        server = Server.start(directory);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> everyClientDoesWhatTheDocumentSays() {
        boolean hasNode = NodeScripts.areUsable();
        List<DynamicNode> all = new ArrayList<>();
        for (String release : List.of("driver-6", "driver-5", "driver-4.4")) {
            all.add(driver("neo4j-java-driver " + MavenJars.versionOf(release), release));
        }
        String npm = "neo4j-driver (npm) " + NodeScripts.versionOf("neo4j-driver");
        if (hasNode) {
            all.add(npm(npm, false));
            all.add(npm(npm + " over WebSocket", true));
        }
        all.add(shell());
        all.add(dynamicTest("docs/compatibility.md is what was measured", () -> {
            assumeTrue(hasNode, "Node.js is needed to measure everything");
            document();
        }));
        return all.stream();
    }

    private DynamicNode npm(String name, boolean overWebSocket) {
        return dynamicContainer(
                name,
                Stream.of(new JavaScriptDriver(overWebSocket))
                        .flatMap(client -> overWebSocket
                                ? Stream.of(column(name, client, BoltVersion.V5_8, true))
                                : versions(name, client)));
    }

    private DynamicNode shell() {
        String name = "cypher-shell " + MavenJars.versionOf("cypher-shell");
        return dynamicContainer(
                name,
                Stream.of("cypher-shell")
                        .map(jars -> new CypherShell(MavenJars.classPath(MavenJars.of(jars))))
                        .flatMap(shell -> new ShellColumns(name, shell, server.address(), matrix).all()));
    }

    private DynamicNode driver(String name, String release) {
        return dynamicContainer(
                name, Stream.of(release).flatMap(jars -> versions(name, DriverLoader.load(MavenJars.of(jars)))));
    }

    private Stream<DynamicNode> versions(String name, Client client) {
        byte[] opening = VersionProxy.openingOf(port -> connectInVain(client, port));
        List<BoltVersion> versions = VersionProxy.proposed(opening);
        List<DynamicNode> columns = new ArrayList<>();
        versions.subList(0, versions.size() - 1).forEach(version -> columns.add(column(name, client, version, false)));
        columns.add(column(name, client, versions.getLast(), true));
        return columns.stream();
    }

    private static void connectInVain(Client client, int port) {
        try (Client.Link link = client.open(new Target("bolt://127.0.0.1:" + port, Login.NOBODY, 1))) {
            link.run(Session.PLAIN, Query.of("RETURN 1"));
        } catch (ClientFailure expected) {
            assertThat(expected).isNotNull();
        }
    }

    private DynamicNode column(String name, Client client, BoltVersion version, boolean direct) {
        Bench bench = new Bench(client, version, direct, server.address());
        return dynamicContainer(
                "Bolt " + version,
                Stream.concat(
                        Feature.all().map(feature -> dynamicTest(feature.title(), () -> measure(name, bench, feature))),
                        Stream.of(dynamicTest("end", bench::close))));
    }

    private void measure(String name, Bench bench, Feature feature) throws Exception {
        Trial trial = bench.trial();
        String version = trial.version().toString();
        if (!feature.isTriedWith(trial)) {
            boolean elsewhere = feature.scope() == Feature.Scope.CHOSEN_VERSION && !trial.direct();
            matrix.put(name, version, feature.title(), elsewhere ? Matrix.Cell.NOT_TRIED : Matrix.Cell.ABSENT);
            return;
        }
        matrix.put(name, version, feature.title(), Matrix.Cell.FAILS);
        feature.check().of(trial);
        matrix.put(name, version, feature.title(), Matrix.Cell.WORKS);
    }

    private void document() throws IOException {
        String measured = matrix.markdown();
        if ("write".equals(System.getProperty("skein.compatibility"))) {
            Files.writeString(DOCUMENT, measured);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/compatibility.md; its head says how to write it anew")
                .isEqualTo(measured);
    }
}
