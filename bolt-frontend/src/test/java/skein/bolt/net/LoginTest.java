package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skein.bolt.packstream.Bytes;
import skein.bolt.transport.Transport;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.Authentication.Login;
import skein.session.Client;
import skein.session.Credentials;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Logins that take their time. */
class LoginTest {
    private static final int RUN = 0x10;
    private static final int LOGON = 0x6A;
    private static final int LOGOFF = 0x6B;

    private final FakeQueries queries = new FakeQueries();
    private final Queue<Credentials> asked = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<Login>> answers = new ConcurrentLinkedQueue<>();
    private BoltServer server;

    @BeforeEach
    void start() {
        server = BoltServer.start(
                BoltSettings.listeningOn("127.0.0.1", 0),
                Transport.plain(),
                (credentials, address) -> {
                    CompletableFuture<Login> answer = new CompletableFuture<>();
                    assertThat(address).isEqualTo("127.0.0.1");
                    asked.add(credentials);
                    answers.add(answer);
                    return answer;
                },
                queries,
                new FakeAdmin());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsSentAheadWaitsForTheLogin() throws IOException {
        try (RawClient client = introduced()) {
            logon(client, "ann").run("ROWS 1").pull(-1).flush();
            CompletableFuture<Login> answer = awaitQuestion();
            assertThat(asked).containsExactly(new Credentials.Basic("ann", new Secret("of ann")));
            assertThat(queries.events).isEmpty();
            answer.complete(login("ann"));
            assertThat(client.expectSuccess()).isEqualTo(MapValue.EMPTY);
            client.expectSuccess();
            client.expectRow();
            client.expectSuccess();
            assertThat(queries.clients).singleElement().satisfies(served -> {
                assertThat(served.userName()).isEqualTo("ann");
                assertThat(served.address()).isEqualTo("127.0.0.1");
            });
        }
    }

    @Test
    void whoIsRefusedIsToldWhyAndTheConnectionEnds() throws IOException {
        try (RawClient client = introduced()) {
            logon(client, "ann").run("ROWS 1").flush();
            awaitQuestion().completeExceptionally(new SkeinException(ErrorCode.UNAUTHORIZED, "wrong"));
            assertThat(client.expectFailure()).isEqualTo("Neo.ClientError.Security.Unauthorized");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(queries.events).isEmpty();
        }
    }

    @Test
    void aFaultOfTheServerTellsNothingOfItself() throws IOException {
        try (RawClient client = introduced()) {
            logon(client, "ann").flush();
            awaitQuestion().completeExceptionally(new IllegalStateException("a secret"));
            MapValue failure = (MapValue) client.expect(RawClient.FAILURE);
            assertThat(failure.get("code")).isEqualTo(Value.of("Neo.DatabaseError.General.UnknownError"));
            assertThat(failure.toString()).doesNotContain("a secret");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void anotherUserGetsAnotherSessionAndItsFirstRequestMayBeLarge() throws IOException {
        try (RawClient client = introduced()) {
            logon(client, "ann").run("ROWS 0").pull(-1).flush();
            awaitQuestion().complete(login("ann"));
            for (int i = 0; i < 3; i++) {
                client.expectSuccess();
            }
            MapValue large = new MapValue(Map.of("text", Value.of("x".repeat(200_000))));
            logon(client.message(LOGOFF), "bob");
            client.message(RUN, Value.of("ROWS 0"), large, MapValue.EMPTY)
                    .pull(-1)
                    .flush();
            client.expectSuccess();
            awaitQuestion().complete(login("bob"));
            for (int i = 0; i < 3; i++) {
                client.expectSuccess();
            }
            assertThat(queries.clients).extracting(Client::userName).containsExactly("ann", "bob");
            assertThat(queries.events).containsSubsequence(List.of("open", "close", "open"));
        }
    }

    @Test
    void whoLeavesDuringALoginLeavesNothingBehind() throws IOException {
        CompletableFuture<Login> answer;
        try (RawClient client = introduced()) {
            logon(client, "ann").flush();
            answer = awaitQuestion();
        }
        answer.complete(login("ann"));
        await().until(() -> server.connections() == 0);
        assertThat(queries.events).isEmpty();
    }

    private RawClient introduced() throws IOException {
        RawClient client = new RawClient(server.address());
        client.sendBytes(Bytes.of("60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00"));
        client.expectBytes("00 00 04 05");
        client.hello().flush();
        client.expectSuccess();
        return client;
    }

    private static RawClient logon(RawClient client, String user) {
        return client.message(
                LOGON,
                new MapValue(Map.of(
                        "scheme", Value.of("basic"),
                        "principal", Value.of(user),
                        "credentials", Value.of("of " + user))));
    }

    private static Login login(String user) {
        return new Login(new Client.Identity.User(new UserName(user), new UUID(1, user.hashCode())), false);
    }

    private CompletableFuture<Login> awaitQuestion() {
        await().until(() -> !answers.isEmpty());
        return answers.remove();
    }
}
