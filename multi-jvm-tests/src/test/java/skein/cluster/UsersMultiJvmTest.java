package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** Users of a MAIN and its replica, in processes of their own, killed and started again. */
final class UsersMultiJvmTest {
    private static final String FIRST = "canary-of-the-first-password";
    private static final String SECOND = "canary-of-the-second-password";
    private static final String WRONG = "canary-of-a-wrong-password";

    @TempDir
    Path directory;

    @Test
    void usersOutliveKillsAndPasswordsAreSeenNowhere() throws IOException {
        Path secrets = Files.writeString(directory.resolve("flags"), "--user=admin\n--password=" + FIRST + "\n");
        try (Stage stage = new Stage(directory)) {
            stage.start("main", "replica");
            stage.makeReplica("replica", 21_800);
            stage.run("main", "REGISTER REPLICA r SYNC TO '127.0.0.1:" + stage.replicationPort("replica") + "'");
            stage.kill("main");
            try (InstanceProcess main = InstanceProcess.launch(
                    InstanceSpec.small("main", directory, Map.of("flag-file", secrets.toString())))) {
                String uri = "bolt://" + main.awaitReady();
                run(uri, AuthTokens.basic("admin", FIRST), "CREATE USER ann IDENTIFIED BY '" + SECOND + "'");
                assertThatThrownBy(() -> run(uri, AuthTokens.basic("ann", WRONG), "RETURN 1"))
                        .isInstanceOf(AuthenticationException.class);
                assertThatThrownBy(() -> run(
                                uri, AuthTokens.basic("ann", SECOND), "SET PASSWORD FOR ann TO '" + WRONG + "' NOW"))
                        .isInstanceOf(Neo4jException.class)
                        .hasMessageNotContaining(WRONG);
                main.kill();
            }
            try (InstanceProcess main = InstanceProcess.launch(InstanceSpec.small("main", directory, Map.of()))) {
                String uri = "bolt://" + main.awaitReady();
                assertThat(run(uri, AuthTokens.basic("ann", SECOND), "SHOW USERS"))
                        .containsExactly("admin", "ann");
                assertThatThrownBy(() -> run(uri, AuthTokens.none(), "RETURN 1"))
                        .isInstanceOf(AuthenticationException.class);
                String replica = "bolt://" + stage.node("replica").awaitReady();
                await().atMost(Stage.PATIENCE)
                        .ignoreExceptions()
                        .until(() -> run(replica, AuthTokens.basic("ann", SECOND), "SHOW USERS")
                                .equals(List.of("admin", "ann")));
                assertThatThrownBy(() -> run(replica, AuthTokens.basic("ann", SECOND), "DROP USER admin"))
                        .isInstanceOfSatisfying(
                                Neo4jException.class,
                                e -> assertThat(e.code()).isEqualTo("Neo.ClientError.Cluster.NotALeader"));
                assertThat(main.stop()).isZero();
            }
        }
        Files.delete(secrets);
        assertThat(filesWith("canary")).isEmpty();
    }

    private static List<String> run(String uri, AuthToken token, String statement) {
        try (Driver driver = GraphDatabase.driver(uri, token);
                Session session = driver.session()) {
            return session.run(statement).list(row -> row.get(0).asObject().toString());
        }
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
