package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skein.server.HighAvailability.eventually;

import java.io.IOException;
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
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.SecurityException;

/** The users of coordinators, by the driver that people use. */
class CoordinatorUsersDriverTest {
    private static final AuthToken ANN = AuthTokens.basic("ann", "hunter2");
    private static final AuthToken BOB = AuthTokens.basic("bob", "hunter3");

    @TempDir
    private Path directory;

    @Test
    void usersAreThoseOfTheGroupWhicheverCoordinatorIsAsked() throws IOException {
        try (HighAvailability cluster = new HighAvailability(directory)) {
            cluster.coordinator(1, Map.of());
            cluster.coordinator(2, Map.of());
            cluster.start("coordinator_1");
            cluster.start("coordinator_2");
            cluster.run("coordinator_1", cluster.addition(1));
            cluster.run("coordinator_1", cluster.addition(2));
            try (Driver driver = cluster.driver("coordinator_1", AuthTokens.none());
                    Session session = driver.session()) {
                session.run("CREATE USER ann IDENTIFIED BY 'hunter2'").consume();
                assertThatThrownBy(() -> session.run("SHOW INSTANCES").list()).isInstanceOf(SecurityException.class);
            }
            eventually(() -> assertThat(users(cluster, "coordinator_2", ANN)).containsExactly("ann"));
            // the follower's passwords are hashed there and decided by the leader
            cluster.run("coordinator_2", ANN, "CREATE USER bob SET PASSWORD 'first' CHANGE REQUIRED");
            eventually(() -> assertThat(changes(cluster, AuthTokens.basic("bob", "first")))
                    .isTrue());
            assertThat(cluster.run("coordinator_2", BOB, "SHOW CURRENT USER")
                            .getFirst()
                            .get("user")
                            .asString())
                    .isEqualTo("bob");
            eventually(() -> assertThat(users(cluster, "coordinator_1", BOB)).containsExactly("ann", "bob"));
            for (String coordinator : List.of("coordinator_1", "coordinator_2")) {
                assertThatThrownBy(() -> cluster.run(coordinator, "SHOW INSTANCES"))
                        .isInstanceOf(AuthenticationException.class);
                assertThatThrownBy(() -> cluster.run(coordinator, AuthTokens.basic("ann", "no"), "SHOW INSTANCES"))
                        .isInstanceOf(AuthenticationException.class);
            }
            // without a majority nobody leads, and it is still known who may come in
            cluster.stop("coordinator_1");
            cluster.stop("coordinator_2");
            cluster.start("coordinator_2");
            assertThatThrownBy(() -> cluster.run("coordinator_2", "SHOW INSTANCE"))
                    .isInstanceOf(AuthenticationException.class);
            assertThat(cluster.run("coordinator_2", BOB, "SHOW INSTANCE")).hasSize(1);
            cluster.start("coordinator_1");
            eventually(() -> cluster.run("coordinator_1", BOB, "DROP USER ann"));
            eventually(() -> assertThat(users(cluster, "coordinator_2", BOB)).containsExactly("bob"));
        }
        assertThat(filesHolding("hunter", "first")).isEmpty();
    }

    @Test
    void theFirstUserOfTheSettingsIsCreatedOnceThereIsALeader() {
        try (HighAvailability cluster = new HighAvailability(directory)) {
            cluster.coordinator(1, Map.of("SKEIN_USER", "ann", "SKEIN_PASSWORD", "hunter2"));
            cluster.start("coordinator_1");
            assertThat(cluster.run("coordinator_1", "SHOW USERS")).isEmpty();
            cluster.run("coordinator_1", cluster.addition(1));
            eventually(() -> assertThat(users(cluster, "coordinator_1", ANN)).containsExactly("ann"));
            assertThatThrownBy(() -> cluster.run("coordinator_1", "SHOW USERS"))
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    private static boolean changes(HighAvailability cluster, AuthToken first) {
        cluster.run("coordinator_2", first, "ALTER CURRENT USER SET PASSWORD FROM 'first' TO 'hunter3'");
        return true;
    }

    private static List<String> users(HighAvailability cluster, String coordinator, AuthToken token) {
        return cluster.run(coordinator, token, "SHOW USERS").stream()
                .map(row -> row.get("user").asString())
                .toList();
    }

    private List<Path> filesHolding(String... words) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(words).anyMatch(word -> text(file).contains(word)))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
