package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.SecurityException;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;
import skein.vocabulary.SkeinException;

/** A whole instance and the driver that people use. */
class UsersDriverTest {
    @TempDir
    private Path directory;

    private @Nullable Node node;

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void whoHasThePasswordComesInAndNobodyElse() {
        start(Map.of("SKEIN_USER", "ann", "SKEIN_PASSWORD", "one"));
        try (Driver driver = driver(AuthTokens.basic("ann", "one"))) {
            assertThat(users(driver)).containsExactly("ann");
            assertThat(single(driver, "SHOW CURRENT USER")).isEqualTo("ann");
            assertThat(single(driver, "CALL dbms.showCurrentUser() YIELD username RETURN username"))
                    .isEqualTo("ann");
            run(driver, "CREATE USER bob IDENTIFIED BY $p", Map.of("p", "two"));
            run(driver, "SET PASSWORD FOR bob TO 'three'", Map.of());
        }
        for (AuthToken token : List.of(
                AuthTokens.none(),
                AuthTokens.basic("ann", "two"),
                AuthTokens.basic("nobody", "one"),
                AuthTokens.basic("bob", "two"),
                AuthTokens.bearer("one"))) {
            assertThatThrownBy(() -> {
                        try (Driver driver = driver(token)) {
                            driver.verifyConnectivity();
                        }
                    })
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageNotContaining("two");
        }
        try (Driver driver = driver(AuthTokens.basic("BOB", "three"))) {
            assertThat(single(driver, "SHOW CURRENT USER")).isEqualTo("bob");
        }
    }

    @Test
    void oneConnectionServesOneUserAfterTheOther() {
        start(Map.of("SKEIN_USER", "ann", "SKEIN_PASSWORD", "one"));
        try (Driver driver = driver(AuthTokens.basic("ann", "one"))) {
            run(driver, "CREATE USER bob IDENTIFIED BY 'two'", Map.of());
            for (int i = 0; i < 5; i++) {
                assertThat(currentUser(driver, null)).isEqualTo("ann");
                assertThat(currentUser(driver, AuthTokens.basic("bob", "two"))).isEqualTo("bob");
            }
            // long enough to be refused by the limits for strangers
            String big = "x".repeat(100_000);
            try (Session session = driver.session(Session.class, AuthTokens.basic("bob", "two"))) {
                assertThat(session.run("RETURN size($big)", Map.of("big", big))
                                .single()
                                .get(0)
                                .asInt())
                        .isEqualTo(100_000);
            }
            assertThatThrownBy(() -> currentUser(driver, AuthTokens.basic("bob", "three")))
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void whoHasToChangeThePasswordCanDoNothingElse() {
        start(Map.of("SKEIN_USER", "ann", "SKEIN_PASSWORD", "one"));
        try (Driver driver = driver(AuthTokens.basic("ann", "one"))) {
            run(driver, "CREATE USER bob SET PASSWORD 'two'", Map.of());
        }
        try (Driver driver = driver(AuthTokens.basic("bob", "two"))) {
            assertThatThrownBy(() -> single(driver, "RETURN 1"))
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            e -> assertThat(e.code()).isEqualTo("Neo.ClientError.Security.CredentialsExpired"));
            run(driver, "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", Map.of("old", "two", "new", "three"));
            assertThat(single(driver, "SHOW CURRENT USER")).isEqualTo("bob");
            assertThat(users(driver)).containsExactly("ann", "bob");
        }
        try (Driver driver = driver(AuthTokens.basic("bob", "three"))) {
            assertThat(users(driver)).hasSize(2);
        }
    }

    @Test
    void whoKeepsTryingHasToWait() {
        start(Map.of("SKEIN_USER", "ann", "SKEIN_PASSWORD", "one"));
        for (int i = 0; i < 3; i++) {
            AuthToken guess = AuthTokens.basic("ann", "guess" + i);
            assertThatThrownBy(() -> verify(guess)).isInstanceOf(AuthenticationException.class);
        }
        assertThatThrownBy(() -> verify(AuthTokens.basic("ann", "one")))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("Wait");
        Awaitility.await().ignoreExceptions().until(() -> verify(AuthTokens.basic("ann", "one")));
    }

    @Test
    void whoCameBeforeThereWereUsersHasToComeAgain() {
        start(Map.of());
        try (Driver driver = driver(AuthTokens.none());
                Session session = driver.session()) {
            session.run("CREATE USER ann IDENTIFIED BY 'one'").consume();
            assertThatThrownBy(() -> session.run("RETURN 1").consume()).isInstanceOf(SecurityException.class);
        }
        try (Driver driver = driver(AuthTokens.basic("ann", "one"))) {
            assertThat(users(driver)).containsExactly("ann");
            driver.session().run("DROP USER ann").consume();
        }
        try (Driver driver = driver(AuthTokens.none())) {
            assertThat(users(driver)).isEmpty();
        }
    }

    @Test
    void passwordsAreInNoAnswer() {
        start(Map.of("SKEIN_USER", "ann", "SKEIN_PASSWORD", "hunter2"));
        try (Driver driver = driver(AuthTokens.basic("ann", "hunter2"))) {
            String config;
            try (Session session = driver.session()) {
                config = session.run("SHOW CONFIG").list().toString();
            }
            assertThat(config).contains("password").doesNotContain("hunter2");
            assertThatThrownBy(() -> run(driver, "CREATE USER bob IDENTIFIED BY 'hunter2' NOW", Map.of()))
                    .isInstanceOf(ClientException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aSecondStartKeepsTheUsersThatAreThere() {
        start(Map.of("SKEIN_USER", "ann", "SKEIN_PASSWORD", "one"));
        stop();
        start(Map.of("SKEIN_USER", "bob", "SKEIN_PASSWORD", "two"));
        try (Driver driver = driver(AuthTokens.basic("ann", "one"))) {
            assertThat(users(driver)).containsExactly("ann");
        }
    }

    @Test
    void halfAFirstUserIsRefused() {
        assertThatThrownBy(() -> start(Map.of("SKEIN_USER", "ann")))
                .isInstanceOf(SkeinException.class)
                .hasMessageContainingAll("CFG-007", "SKEIN_PASSWORD");
        assertThatThrownBy(() -> start(Map.of("SKEIN_USER", "a b", "SKEIN_PASSWORD", "x")))
                .hasMessageContainingAll("CFG-007", "a b");
    }

    @Test
    void withoutUsersBoltIsReachedFromThisMachineAlone() throws IOException {
        InetAddress outside = outside();
        Map<String, String> everywhere = Map.of("SKEIN_BOLT_ADDRESS", "0.0.0.0", "SKEIN_INSECURE_CLUSTER", "true");
        start(everywhere);
        assertThat(isReached(outside)).isFalse();
        try (Driver driver = driver(AuthTokens.none())) {
            run(driver, "CREATE USER ann IDENTIFIED BY 'one'", Map.of());
        }
        Awaitility.await().until(() -> isReached(outside));
        try (Driver driver = driver(AuthTokens.basic("ann", "one"), outside.getHostAddress())) {
            assertThat(users(driver)).containsExactly("ann");
            run(driver, "DROP USER ann", Map.of());
        }
        assertThatThrownBy(() -> verify(AuthTokens.none(), outside.getHostAddress()))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("--insecure-no-auth");
        stop();

        Map<String, String> open = new HashMap<>(everywhere);
        open.put("SKEIN_INSECURE_NO_AUTH", "true");
        start(open);
        assertThat(verify(AuthTokens.none(), outside.getHostAddress())).isTrue();
    }

    /** An address of this machine that others could use. */
    private static InetAddress outside() throws IOException {
        Optional<InetAddress> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(it -> it instanceof Inet4Address && !it.isLoopbackAddress())
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "this machine has an address besides loopback");
        return found.get();
    }

    private boolean isReached(InetAddress address) {
        try (Socket socket = new Socket(address, running().boltAddress().port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SKEIN_BOLT_PORT", "0");
        all.put("SKEIN_DATA_DIRECTORY", directory.resolve("data").toString());
        node = Node.start(
                ResolvedSettings.resolve(new SettingSources(Map.of(), all, Optional.empty(), Optional.empty())));
    }

    private Node running() {
        if (node == null) {
            throw new IllegalStateException("not started");
        }
        return node;
    }

    private Driver driver(AuthToken token) {
        return driver(token, "127.0.0.1");
    }

    private Driver driver(AuthToken token, String host) {
        return GraphDatabase.driver(
                "bolt://" + host + ":" + running().boltAddress().port(), token);
    }

    private boolean verify(AuthToken token) {
        return verify(token, "127.0.0.1");
    }

    private boolean verify(AuthToken token, String host) {
        try (Driver driver = driver(token, host)) {
            driver.verifyConnectivity();
            return true;
        }
    }

    private static String currentUser(Driver driver, @Nullable AuthToken token) {
        try (Session session = token == null ? driver.session() : driver.session(Session.class, token)) {
            return session.run("SHOW CURRENT USER").single().get("user").asString();
        }
    }

    private static void run(Driver driver, String query, Map<String, Object> parameters) {
        try (Session session = driver.session()) {
            session.run(query, parameters).consume();
        }
    }

    private static String single(Driver driver, String query) {
        try (Session session = driver.session()) {
            return session.run(query).single().get(0).asString();
        }
    }

    private static List<String> users(Driver driver) {
        try (Session session = driver.session()) {
            return session.run("SHOW USERS").list(row -> row.get("user").asString());
        }
    }
}
