package skein.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;
import skein.bolt.message.BoltVersion;
import skein.clients.Client.Login;
import skein.clients.shell.CypherShell;
import skein.clients.shell.ShellFeature;
import skein.vocabulary.HostPort;

/** The columns of the command-line client: a script over each version of Bolt that it speaks. */
final class ShellColumns {
    private static final String ROUTED = "`neo4j://` (routing table)";
    private static final String ENCRYPTED = "TLS";
    private static final String REFUSED = "a wrong password is refused";

    private final String name;
    private final CypherShell shell;
    private final HostPort server;
    private final Matrix matrix;

    ShellColumns(String name, CypherShell shell, HostPort server, Matrix matrix) {
        this.name = name;
        this.shell = shell;
        this.server = server;
        this.matrix = matrix;
    }

    Stream<DynamicNode> all() {
        byte[] opening =
                VersionProxy.openingOf(port -> shell.runOne("bolt://127.0.0.1:" + port, Login.NOBODY, "RETURN 1;"));
        List<BoltVersion> versions = VersionProxy.proposed(opening);
        return versions.stream().map(version -> column(version, version == versions.getLast()));
    }

    private DynamicNode column(BoltVersion version, boolean direct) {
        List<DynamicTest> tests = new ArrayList<>();
        List<ShellFeature> features = ShellFeature.all().toList();
        Script script = new Script(version, direct, features);
        tests.add(test(version, ROUTED, () -> assertThat(script.printed()).containsKey("database by name")));
        tests.add(
                direct
                        ? test(version, REFUSED, this::refusesStrangers)
                        : dynamicTest(
                                REFUSED, () -> matrix.put(name, version.toString(), REFUSED, Matrix.Cell.NOT_TRIED)));
        tests.add(
                direct
                        ? test(version, ENCRYPTED, this::encrypts)
                        : dynamicTest(
                                ENCRYPTED,
                                () -> matrix.put(name, version.toString(), ENCRYPTED, Matrix.Cell.NOT_TRIED)));
        features.forEach(feature -> tests.add(test(
                version,
                feature.title(),
                () -> assertThat(script.printed().get(feature.title()))
                        .endsWith(String.join("\n", feature.shown()) + "\n"))));
        return dynamicContainer("Bolt " + version, tests.stream());
    }

    private DynamicTest test(BoltVersion version, String title, Executable check) {
        return dynamicTest(title, () -> {
            matrix.put(name, version.toString(), title, Matrix.Cell.FAILS);
            check.execute();
            matrix.put(name, version.toString(), title, Matrix.Cell.WORKS);
        });
    }

    private void refusesStrangers() {
        Login stranger = new Login("stranger-at-the-shell", "wrong");
        assertThat(shell.runOne("bolt://" + server, stranger, "RETURN 'hidden' AS word;"))
                .contains("User or password is wrong")
                .doesNotContain("hidden");
    }

    private void encrypts() {
        assertThat(shell.runOne("bolt+ssc://" + server, Server.CLIENT, "RETURN 'hidden' AS word;"))
                .contains("word\n\"hidden\"\n");
    }

    /** Runs once, for the first of its tests. */
    private final class Script {
        private final BoltVersion version;
        private final boolean direct;
        private final List<ShellFeature> features;
        private Map<String, String> printed = Map.of();

        Script(BoltVersion version, boolean direct, List<ShellFeature> features) {
            this.version = version;
            this.direct = direct;
            this.features = features;
        }

        Map<String, String> printed() {
            if (printed.isEmpty()) {
                try (VersionProxy proxy = new VersionProxy(server, version)) {
                    int port = direct ? server.port() : proxy.port();
                    printed = shell.run("neo4j://127.0.0.1:" + port, Server.CLIENT, features);
                }
            }
            return printed;
        }
    }
}
