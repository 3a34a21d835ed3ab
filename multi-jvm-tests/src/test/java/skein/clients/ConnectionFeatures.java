package skein.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import skein.bolt.message.BoltVersion;
import skein.clients.Client.Answer;
import skein.clients.Client.Link;
import skein.clients.Client.Login;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.clients.Client.Target;
import skein.graph.Value;

/** Getting to the server. */
final class ConnectionFeatures {
    private static final int MANY = 200;

    private ConnectionFeatures() {}

    static Stream<Feature> all() {
        return Stream.of(
                Feature.of("connect and log in, with the version agreed", ConnectionFeatures::connect),
                Feature.of("a wrong password is refused", ConnectionFeatures::wrongPassword)
                        .onlyChosen(),
                Feature.of("a session with a login of its own", ConnectionFeatures::sessionLogin)
                        .since(BoltVersion.V5_1)
                        .needing(Client.Ability.SESSION_LOGIN),
                Feature.of("`neo4j://` (routing table)", ConnectionFeatures::route)
                        .since(BoltVersion.V4_3),
                Feature.of("database by name", ConnectionFeatures::databaseByName),
                Feature.of("200 transactions at once", ConnectionFeatures::many).onlyChosen(),
                Feature.of("TLS", ConnectionFeatures::encrypted).onlyChosen().needing(Client.Ability.TRUST_ANYBODY));
    }

    private static void connect(Trial trial) {
        Answer answer = trial.run("RETURN 1 AS one");
        assertThat(answer.columns()).containsExactly("one");
        assertThat(answer.single()).isEqualTo(Value.of(1));
        assertThat(answer.version()).isEqualTo(trial.version().toString());
        assertThat(answer.agent()).startsWith("Neo4j/").contains("Skein");
    }

    /** Not more often than once for each client: who fails too often from one address has to wait. */
    private static void wrongPassword(Trial trial) {
        Login stranger = new Login("stranger-" + Trial.unique(), "wrong");
        try (Link link = trial.client().open(new Target("bolt://127.0.0.1:" + trial.port(), stranger, 1))) {
            ClientFailure refused =
                    catchThrowableOfType(ClientFailure.class, () -> link.run(Session.PLAIN, Query.of("RETURN 1")));
            assertThat(refused).hasMessageContaining("Unauthorized");
        }
    }

    /** Over the same connection as what goes before and after. */
    private static void sessionLogin(Trial trial) {
        Query who = Query.of("SHOW CURRENT USER");
        assertThat(trial.link().run(Session.PLAIN, who).single()).isEqualTo(Value.of(Server.CLIENT.user()));
        assertThat(trial.link().run(Session.PLAIN.as(Server.OTHER), who).single())
                .isEqualTo(Value.of(Server.OTHER.user()));
        assertThat(trial.link().run(Session.PLAIN, who).single()).isEqualTo(Value.of(Server.CLIENT.user()));
    }

    private static void route(Trial trial) {
        try (Link link = trial.client().open(trial.target("neo4j", 2))) {
            assertThat(link.run(Session.PLAIN.reading(), Query.of("RETURN 1")).single())
                    .isEqualTo(Value.of(1));
            assertThat(link.run(Session.PLAIN, Query.of("CREATE (n:Routed) DELETE n"))
                            .counters())
                    .containsEntry("nodes-created", 1L);
        }
    }

    private static void databaseByName(Trial trial) {
        String home = String.valueOf(trial.run("RETURN 1").database());
        Answer named = trial.link().run(Session.PLAIN.in(home), Query.of("RETURN 1"));
        assertThat(named.database()).isEqualTo(home);
        ClientFailure unknown = catchThrowableOfType(
                ClientFailure.class, () -> trial.link().run(Session.PLAIN.in("nowhere"), Query.of("RETURN 1")));
        assertThat(unknown.code()).isEqualTo("Neo.ClientError.Database.DatabaseNotFound");
    }

    private static void many(Trial trial) {
        try (Link link = trial.client().open(trial.target("bolt", MANY))) {
            List<Answer> answers = link.together(MANY, Query.of("UNWIND range(1, 10) AS x RETURN x"));
            assertThat(answers).hasSize(MANY);
            List<List<Value>> rows = IntStream.rangeClosed(1, 10)
                    .mapToObj(x -> List.of(Value.of(x)))
                    .toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.rows()).isEqualTo(rows));
        }
    }

    private static void encrypted(Trial trial) {
        try (Link link = trial.client().open(trial.target("bolt+ssc", 1))) {
            assertThat(link.run(Session.PLAIN, Query.of("RETURN 1")).single()).isEqualTo(Value.of(1));
        }
        try (Link careful = trial.client().open(new Target("bolt+s://127.0.0.1:" + trial.port(), Login.NOBODY, 1))) {
            assertThat(catchThrowableOfType(
                            ClientFailure.class, () -> careful.run(Session.PLAIN, Query.of("RETURN 1"))))
                    .as("a certificate that nobody vouches for")
                    .isNotNull();
        }
    }
}
