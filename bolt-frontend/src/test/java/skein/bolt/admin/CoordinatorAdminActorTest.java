package skein.bolt.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.CypherParser;
import skein.graph.Value;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.UserCommand;
import skein.protocol.UserWish;
import skein.session.Client;
import skein.session.ClusterTable;
import skein.session.Privilege;
import skein.session.TransactionOptions;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.InstanceName;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Statements as people type them on a coordinator, against a probe in the place of its actor. */
final class CoordinatorAdminActorTest {
    private static final Client ASKING = new Client("bolt-1", "127.0.0.1", new Client.Identity.Anonymous());
    private static final DatabaseName DEFAULT = new DatabaseName("skein");

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<CoordinatorProtocol.Message> coordinator = kit.createTestProbe();
    private final AdminPort port = new CoordinatorAdminPort(
            kit.system(),
            coordinator.getRef(),
            new NoInformation(),
            new UnchangedTls(),
            this::require,
            CoordinatorAdminActorTest::hashed);
    private final List<Privilege> required = new ArrayList<>();
    private boolean forbidden;
    private final CoordinatorQueries queries =
            new CoordinatorQueries(kit.system(), coordinator.getRef(), DEFAULT, null);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void addCoordinatorCarriesTheAddressesOfItsMap() {
        assertThat(asked("ADD COORDINATOR 2 WITH CONFIG {'bolt_server': 'b:7692', 'coordinator_server': 'c:10112',"
                        + " 'management_server': 'm:10122'}"))
                .isEqualTo(new CoordinatorProtocol.AddCoordinator(
                        2, at("b:7692"), at("c:10112"), Optional.of(at("m:10122"))));
        assertThat(asked("ADD COORDINATOR 2 WITH CONFIG {'bolt_server': 'b:7692', 'coordinator_server': 'c:10112'}"))
                .isEqualTo(new CoordinatorProtocol.AddCoordinator(2, at("b:7692"), at("c:10112"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"'', SYNC", "AS SYNC, SYNC", "AS ASYNC, ASYNC", "AS STRICT_SYNC, STRICT_SYNC", "AS QUORUM, QUORUM"})
    void registerInstanceTakesEveryMode(String mode, ReplicationMode expected) {
        assertThat(asked("REGISTER INSTANCE i1 " + mode + " WITH CONFIG {'bolt_server': 'b:1',"
                        + " 'management_server': 'm:2', 'replication_server': 'r:3'}"))
                .isEqualTo(new CoordinatorProtocol.RegisterInstance(
                        new InstanceName("i1"), expected, at("b:1"), at("m:2"), at("r:3"), false));
    }

    @Test
    void anInstanceCanBeKeptOutOfAutomaticFailoverWhenItIsRegisteredAndLater() {
        assertThat(asked("REGISTER INSTANCE i1 WITH CONFIG {'bolt_server': 'b:1', 'management_server': 'm:2',"
                        + " 'replication_server': 'r:3', 'never_promote': TRUE}"))
                .isEqualTo(new CoordinatorProtocol.RegisterInstance(
                        new InstanceName("i1"), ReplicationMode.SYNC, at("b:1"), at("m:2"), at("r:3"), false, true));
        assertThat(asked("UPDATE CONFIG FOR INSTANCE i1 {'never_promote': false}"))
                .isEqualTo(new CoordinatorProtocol.UpdateInstance(
                        new InstanceName("i1"), Optional.empty(), Optional.of(false)));
        assertThat(asked("UPDATE CONFIG FOR INSTANCE i1 {never_promote: 'true', bolt_server: 'b:2'}"))
                .isEqualTo(new CoordinatorProtocol.UpdateInstance(
                        new InstanceName("i1"), Optional.of(at("b:2")), Optional.of(true)));
    }

    @Test
    void theOldestFormOfRegisterTakesBoltsDefaultPortAndSaysSo() {
        var answer = type("REGISTER INSTANCE i1 ON 'h:10011' WITH 'h:10001' RESYNC");
        assertThat(answeredWith(new CoordinatorProtocol.Done(List.of())))
                .isEqualTo(new CoordinatorProtocol.RegisterInstance(
                        new InstanceName("i1"),
                        ReplicationMode.SYNC,
                        at("h:7687"),
                        at("h:10011"),
                        at("h:10001"),
                        true));
        assertThat(codes(answer.join())).containsExactly("RegisterReplicationInstance", "BoltServerDerived");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ADD COORDINATOR 1 WITH CONFIG {'bolt_server': 'h:1'} | lacks coordinator_server",
                "ADD COORDINATOR 1 WITH CONFIG {'bolt_sever': 'h:1'} | did you mean bolt_server?",
                "UPDATE CONFIG FOR INSTANCE i {'bolt_server': 'h:1', 'replication_server': 'h:2'} | has the key",
                "UPDATE CONFIG FOR INSTANCE i {'bolt_server': 'h:1', 'bolt_server': 'h:2'} | twice",
                "UPDATE CONFIG FOR COORDINATOR 1 {} | lacks bolt_server",
                "UPDATE CONFIG FOR INSTANCE i1 {} | lacks bolt_server",
                "UPDATE CONFIG FOR INSTANCE i1 {'never_promote': 'no'} | Write true or false, once",
                "UPDATE CONFIG FOR INSTANCE i1 {'never_promote': true, 'never_promote': true} | once",
                "UPDATE CONFIG FOR INSTANCE i1 {'never_promoted': true} | did you mean never_promote",
                "UPDATE CONFIG FOR COORDINATOR 1 {'never_promote': true} | has the key 'never_promote'",
                "UPDATE CONFIG FOR COORDINATOR 1 {'bolt_server': 'h'} | has no port",
                "UPDATE CONFIG FOR COORDINATOR 1 {'bolt_server': 'h:1:2'} | more than one colon",
                "UPDATE CONFIG FOR COORDINATOR 1 {'bolt_server': $p} | $p has no value",
            })
    void mapsThatDoNotFitAreRefusedBeforeAnythingHappens(String statement, String reason) {
        assertThatThrownBy(type(statement.strip())::join).hasMessageContaining(reason.strip());
        coordinator.expectNoMessage(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "REMOVE COORDINATOR 3, RemoveCoordinatorInstance",
        "UNREGISTER INSTANCE i1, UnregisterInstance",
        "DEMOTE INSTANCE i1, DemoteInstanceToReplica",
        "UPDATE CONFIG FOR INSTANCE i1 {'bolt_server': 'h:1'}, UpdateConfig",
        "FORCE RESET CLUSTER STATE, ReconcileClusterState",
        "YIELD LEADERSHIP, YieldLeadership"
    })
    void whatHappenedIsToldByTheCodesOfTheReference(String statement, String code) {
        var answer = type(statement);
        answeredWith(new CoordinatorProtocol.Done(List.of()));
        assertThat(codes(answer.join())).containsExactly(code);
        assertThat(answer.join().columns()).isEmpty();
    }

    @Test
    void instancesAreShownColumnForColumn() {
        var answer = type("SHOW INSTANCES");
        answeredWith(new CoordinatorProtocol.Instances(List.of(
                new CoordinatorProtocol.InstanceRow(
                        "coordinator_1", "localhost:7690", "localhost:10111", "localhost:10121", true, "leader", 0),
                new CoordinatorProtocol.InstanceRow(
                        "instance_3", "localhost:7689", "", "localhost:10013", false, "replica", -1))));
        assertThat(answer.join().columns())
                .containsExactly(
                        "name",
                        "bolt_server",
                        "coordinator_server",
                        "management_server",
                        "health",
                        "role",
                        "last_succ_resp_ms");
        assertThat(answer.join().rows())
                .containsExactly(
                        List.of(
                                Value.of("coordinator_1"),
                                Value.of("localhost:7690"),
                                Value.of("localhost:10111"),
                                Value.of("localhost:10121"),
                                Value.of("up"),
                                Value.of("leader"),
                                Value.of(0)),
                        List.of(
                                Value.of("instance_3"),
                                Value.of("localhost:7689"),
                                Value.of(""),
                                Value.of("localhost:10013"),
                                Value.of("down"),
                                Value.of("replica"),
                                Value.NULL));
    }

    @Test
    void oneCoordinatorIsShownWithoutItsHealth() {
        var answer = type("SHOW INSTANCE");
        answeredWith(new CoordinatorProtocol.Instances(List.of(
                new CoordinatorProtocol.InstanceRow("coordinator_1", "h:1", "h:2", "h:3", true, "follower", 5))));
        assertThat(answer.join().columns())
                .containsExactly("name", "bolt_server", "coordinator_server", "management_server", "role");
        assertThat(answer.join().rows().getFirst()).last().isEqualTo(Value.of("follower"));
    }

    @Test
    void lagsAndFailoversAndCandidatesAreTables() {
        var lags = type("SHOW REPLICATION LAG");
        answeredWith(new CoordinatorProtocol.Lags(List.of(new CoordinatorProtocol.LagRow(
                "instance_1", Map.of(DEFAULT, new CoordinatorProtocol.DatabaseLag(3, 2))))));
        assertThat(lags.join().columns()).containsExactly("instance_name", "data_info");
        assertThat(lags.join().rows().getFirst().getLast().toString())
                .contains("num_committed_txns")
                .contains("num_txns_behind_main");
        var failovers = type("SHOW FAILOVERS");
        answeredWith(new CoordinatorProtocol.Failovers(List.of(new CoordinatorProtocol.FailoverRow(
                7, "i1", "i2", "no answer for 5 s", 0, 5_230, List.of("i2: lsn 9", "i3: lsn 8"), "longest log", -1))));
        assertThat(failovers.join().rows().getFirst())
                .containsExactly(
                        Value.of(7),
                        Value.of("i1"),
                        Value.of("i2"),
                        Value.of("no answer for 5 s"),
                        Value.of("1970-01-01T00:00:00Z"),
                        Value.of(5_230),
                        Value.of(List.of(Value.of("i2: lsn 9"), Value.of("i3: lsn 8"))),
                        Value.of("longest log"),
                        Value.NULL);
        var candidates = type("SHOW FAILOVER CANDIDATES");
        answeredWith(new CoordinatorProtocol.Candidates(
                List.of(new CoordinatorProtocol.CandidateRow("i2", true, "in sync", 0, false))));
        assertThat(candidates.join().columns())
                .containsExactly("instance_name", "eligible", "reason", "transactions_behind", "never_promote");
    }

    @Test
    void aRoleThatNobodyHasIsNoRowOfTheRoutingTable() {
        var answer = type("SHOW ROUTING TABLE");
        answeredWith(new CoordinatorProtocol.RoutingTable(
                Duration.ofSeconds(10), List.of(), List.of(at("h:1"), at("h:2")), List.of(at("c:1"))));
        assertThat(answer.join().rows())
                .containsExactly(
                        List.of(Value.of("READ"), Value.of(List.of(Value.of("h:1"), Value.of("h:2")))),
                        List.of(Value.of("ROUTE"), Value.of(List.of(Value.of("c:1")))));
    }

    @Test
    void whatCannotBeShownIsAnEmptyTableWithAWarning() {
        var answer = type("SHOW INSTANCES");
        Notification reason = new Notification("LeaderNotReachable", "No leader is known.", "Wait.", Severity.WARNING);
        answeredWith(new CoordinatorProtocol.Unavailable(reason));
        assertThat(answer.join().columns()).hasSize(7);
        assertThat(answer.join().rows()).isEmpty();
        assertThat(answer.join().notifications()).containsExactly(reason);
    }

    @Test
    void theLeadersRefusalIsPassedOn() {
        var answer = type("SET INSTANCE i1 TO MAIN SWITCHOVER");
        SkeinException reason = new SkeinException(ErrorCode.REPLICATION_REFUSED, "i1 is 812 transactions behind");
        assertThat(answeredWith(new CoordinatorProtocol.Refused(reason)))
                .isEqualTo(new CoordinatorProtocol.SetInstanceToMain(new InstanceName("i1"), true));
        assertThatThrownBy(answer::join).hasCause(reason);
    }

    @Test
    void aCommandWithoutAnAnswerIsUnknownAndAQuestionMayBeRepeated() {
        var command = type("PAUSE FAILOVER");
        var question = type("SHOW INSTANCES");
        time.timePasses(Duration.ofSeconds(71));
        assertThatThrownBy(command::join)
                .cause()
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN));
        assertThatThrownBy(question::join)
                .cause()
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW REPLICAS",
                "SHOW REPLICATION ROLE",
                "SET REPLICATION ROLE TO MAIN",
                "REGISTER REPLICA r SYNC TO 'h'",
                "DROP REPLICA r",
                "CREATE DATABASE d",
                "SET DATABASE SETTING 'query.timeout' TO '1'"
            })
    void whatIsNotAboutTheClusterIsRefusedWithAHint(String statement) {
        assertThatThrownBy(type(statement)::join)
                .hasMessageContaining("only coordinator queries")
                .hasMessageContaining("neo4j://");
        coordinator.expectNoMessage(Duration.ZERO);
    }

    @Test
    void usersAreAskedOfTheCoordinatorAndPasswordsGoNoFurther() {
        assertThat(asked("CREATE USER ann IDENTIFIED BY 'one'"))
                .isInstanceOfSatisfying(
                        CoordinatorProtocol.ChangeUser.class,
                        change -> assertThat(change.wish())
                                .isInstanceOfSatisfying(
                                        UserWish.Create.class,
                                        create -> assertThat(create.hash()).contains("hash of 3 characters")));
        var drop = type("DROP USER ann");
        SkeinException reason = new SkeinException(ErrorCode.ENTITY_NOT_FOUND, "there is none of that name");
        assertThat(answeredWith(new CoordinatorProtocol.Refused(reason)))
                .asString()
                .startsWith("ChangeUser[wish=Drop[name=ann");
        assertThatThrownBy(drop::join).hasCause(reason);
        assertThat(required).containsExactly(Privilege.AUTH, Privilege.AUTH);
    }

    @Test
    void usersAreShownAsByDataInstances() {
        var users = type("SHOW USERS YIELD user, passwordChangeRequired");
        answeredWith(new CoordinatorProtocol.Users(List.of(
                new CoordinatorProtocol.UserRow(new UserName("ann"), false),
                new CoordinatorProtocol.UserRow(new UserName("bob"), true))));
        assertThat(users.join().columns()).containsExactly("user", "passwordChangeRequired");
        assertThat(users.join().rows())
                .containsExactly(List.of(Value.of("ann"), Value.FALSE), List.of(Value.of("bob"), Value.TRUE));
        var current = type("SHOW CURRENT USER");
        answeredWith(new CoordinatorProtocol.Unavailable(
                new Notification("LeaderNotReachable", "No leader is known.", "Wait.", Severity.WARNING)));
        assertThat(current.join().rows().getFirst()).allMatch(Value.NULL::equals);
        assertThat(codes(current.join())).containsExactly("LeaderNotReachable");
    }

    @Test
    void whoMayNotIsRefusedBeforeTheCoordinatorIsAsked() {
        forbidden = true;
        assertThatThrownBy(type("SHOW INSTANCES")::join).hasMessageContaining("may not");
        assertThatThrownBy(type("CREATE USER ann IDENTIFIED BY 'one'")::join).hasMessageContaining("may not");
        coordinator.expectNoMessage(Duration.ZERO);
    }

    private void require(Client client, Privilege privilege) {
        required.add(privilege);
        if (forbidden) {
            throw new SkeinException(ErrorCode.FORBIDDEN, client.address() + " may not");
        }
    }

    private static CompletionStage<UserWish> hashed(UserCommand command) {
        UserWish.Fresh fresh = new UserWish.Fresh(new UUID(1, 1), new UUID(2, 2));
        return CompletableFuture.completedFuture(
                switch (command) {
                    case InstanceRoleProtocol.CreateUser create ->
                        new UserWish.Create(
                                create.name(),
                                create.password()
                                        .map(secret ->
                                                "hash of " + secret.reveal().length() + " characters"),
                                false,
                                false,
                                fresh);
                    default -> new UserWish.Drop(new UserName("ann"), false, fresh);
                });
    }

    @Test
    void theProcessTellsOfItself() {
        assertThat(type("SHOW VERSION").join().rows()).containsExactly(List.of(Value.of("0.1.0")));
        assertThat(type("SHOW METRICS INFO").join().rows())
                .containsExactly(List.of(Value.of("skein_read_queries"), Value.of("counter"), Value.of(7.0)));
        assertThat(type("SHOW CONFIG").join().rows()).isEmpty();
        assertThat(type("RELOAD BOLT_SERVER TLS").join().columns()).isEmpty();
    }

    @Test
    void queriesAreRefusedAndAPingIsAnswered() {
        try (var session = queries.open(ASKING)) {
            var query = CompletableFuture.runAsync(
                    () -> session.run("MATCH (n) RETURN n", Map.of(), TransactionOptions.WRITE));
            answeredWith(new CoordinatorProtocol.RoutingTable(
                    Duration.ofSeconds(7), List.of(at("h:1")), List.of(), List.of()));
            assertThatThrownBy(query::join)
                    .hasMessageContaining("only coordinator queries")
                    .hasMessageContaining("The MAIN is at h:1.");
            var begin = CompletableFuture.runAsync(() -> session.begin(TransactionOptions.WRITE));
            answeredWith(new CoordinatorProtocol.Unavailable(
                    new Notification("LeaderNotReachable", "No leader is known.", "Wait.", Severity.WARNING)));
            assertThatThrownBy(begin::join)
                    .hasMessageContaining("only coordinator queries")
                    .hasMessageNotContaining("The MAIN is at");
            var pong = session.run("CALL db.ping();", Map.of(), TransactionOptions.WRITE);
            assertThat(pong.columns()).containsExactly("success");
            assertThat(pong.next()).containsExactly(Value.TRUE);
            assertThat(pong.next()).isNull();
            assertThat(pong.finish().database()).isEqualTo(DEFAULT);
        }
    }

    @Test
    void aDriversRouteIsAnsweredByTheCoordinatorsTable() {
        var table = CompletableFuture.supplyAsync(() -> queries.clusterTable(new DatabaseName("movies")));
        assertThat(answeredWith(new CoordinatorProtocol.RoutingTable(
                        Duration.ofSeconds(7), List.of(at("h:1")), List.of(at("h:2")), List.of(at("c:1")))))
                .isEqualTo(new CoordinatorProtocol.ShowRouting(Optional.of(new DatabaseName("movies"))));
        assertThat(table.join())
                .contains(new ClusterTable(
                        Duration.ofSeconds(7), List.of(at("h:1")), List.of(at("h:2")), List.of(at("c:1"))));
    }

    @Test
    void aDriversRouteWithoutALeaderFailsInAWayThatDriversTryElsewhere() {
        var table = CompletableFuture.supplyAsync(() -> queries.clusterTable(DEFAULT));
        assertThat(answeredWith(new CoordinatorProtocol.Unavailable(
                        new Notification("LeaderNotReachable", "No leader is known.", "Wait.", Severity.WARNING))))
                .isEqualTo(new CoordinatorProtocol.ShowRouting(Optional.empty()));
        assertThatThrownBy(table::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.code().isTransient()).isTrue());
    }

    private Request asked(String statement) {
        var answer = type(statement);
        Request request = answeredWith(new CoordinatorProtocol.Done(List.of()));
        answer.join();
        return request;
    }

    private CompletableFuture<AdminAnswer> type(String statement) {
        return port.execute(CypherParser.parseAdmin(statement).orElseThrow(), ASKING)
                .toCompletableFuture();
    }

    private Request answeredWith(Answer answer) {
        var ask = (CoordinatorProtocol.Ask) coordinator.receiveMessage();
        ask.replyTo().tell(answer);
        return ask.request();
    }

    private static List<String> codes(AdminAnswer answer) {
        return answer.notifications().stream().map(Notification::code).toList();
    }

    private static HostPort at(String address) {
        return HostPort.parse(address, 0);
    }

    private static final class NoInformation implements InstanceInformation {
        @Override
        public String version() {
            return "0.1.0";
        }

        @Override
        public Map<String, String> build() {
            return Map.of();
        }

        @Override
        public List<MetricRow> metrics() {
            return List.of(new MetricRow("skein_read_queries", "counter", 7));
        }

        @Override
        public List<ConfigurationRow> configuration() {
            return List.of();
        }
    }

    private static final class UnchangedTls implements TlsControl {
        @Override
        public void reloadOfClients() {}

        @Override
        public void reloadBetweenInstances() {}
    }
}
