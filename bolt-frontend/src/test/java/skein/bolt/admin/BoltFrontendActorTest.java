package skein.bolt.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.syntax.AdminStatement;
import skein.cypher.syntax.CoordinatorStatement;
import skein.cypher.syntax.CypherParser;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.session.Client;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Statements as people type them, against a probe in the place of the instance's role. */
final class BoltFrontendActorTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Client ASKING =
            new Client("bolt-1", "127.0.0.1", new Client.Identity.User(new UserName("ann"), new UUID(1, 1)));

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<InstanceRoleProtocol.Command> role = kit.createTestProbe();
    private final TestProbe<BoltFrontend.Answer> client = kit.createTestProbe();
    private final List<String> reloads = new CopyOnWriteArrayList<>();
    private final ActorRef<BoltFrontend.Command> frontend =
            kit.spawn(BoltFrontend.create(role.getRef(), new FixedInformation(), new Reloads(reloads), TIMEOUT));

    private record Reloads(List<String> asked) implements TlsControl {
        @Override
        public void reloadOfClients() {
            asked.add("clients");
        }

        @Override
        public void reloadBetweenInstances() {
            asked.add("instances");
        }
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void certificatesAreReadAgainWhenAsked() {
        type("RELOAD BOLT_SERVER TLS;");
        assertThat(answered().columns()).isEmpty();
        assertThat(reloads).containsExactly("clients");
        type("reload intra_cluster tls");
        assertThat(answered().columns()).isEmpty();
        assertThat(reloads).containsExactly("clients", "instances");
    }

    private void type(String statement) {
        AdminStatement parsed = CypherParser.parseAdmin(statement).orElseThrow();
        frontend.tell(new BoltFrontend.Execute(parsed, ASKING, client.getRef()));
    }

    @Test
    void commandsAboutUsersBecomeMessagesThatShowNoPassword() {
        type("CREATE USER bob SET PASSWORD 'hunter2'");
        var create = role.expectMessageClass(InstanceRoleProtocol.CreateUser.class);
        assertThat(create.name()).isEqualTo(new UserName("bob"));
        assertThat(create.password()).contains(new Secret("hunter2"));
        assertThat(create.changeRequired()).isTrue();
        assertThat(create.toString()).doesNotContain("hunter2");
        create.replyTo().tell(new InstanceRoleProtocol.Done(List.of()));
        assertThat(answered().columns()).isEmpty();

        type("ALTER CURRENT USER SET PASSWORD FROM 'hunter1' TO 'hunter2'");
        var change = role.expectMessageClass(InstanceRoleProtocol.ChangeOwnPassword.class);
        assertThat(change.client()).isEqualTo(ASKING);
        assertThat(change.toString()).doesNotContain("hunter");
        change.replyTo().tell(new InstanceRoleProtocol.Refused(new SkeinException(ErrorCode.UNAUTHORIZED, "wrong")));
        client.expectMessageClass(BoltFrontend.Refused.class);
    }

    @Test
    void usersAreListedAsMemgraphAndNeo4jDo() {
        type("SHOW USERS");
        tellUsers();
        AdminAnswer all = answered();
        assertThat(all.columns()).containsExactly("user", "roles", "passwordChangeRequired", "suspended", "home");
        assertThat(all.rows()).extracting(List::getFirst).containsExactly(Value.of("ann"), Value.of("bob"));
        assertThat(all.rows()).extracting(row -> row.get(2)).containsExactly(Value.FALSE, Value.TRUE);
        type("SHOW CURRENT USER");
        tellUsers();
        assertThat(answered().rows()).singleElement().isEqualTo(all.rows().getFirst());
        type("SHOW USERS YIELD passwordChangeRequired, user");
        tellUsers();
        assertThat(answered())
                .isEqualTo(AdminAnswer.table(
                        List.of("passwordChangeRequired", "user"),
                        List.of(List.of(Value.FALSE, Value.of("ann")), List.of(Value.TRUE, Value.of("bob")))));
        frontend.tell(new BoltFrontend.Execute(
                CypherParser.parseAdmin("SHOW CURRENT USER").orElseThrow(),
                new Client("bolt-2", "127.0.0.1", new Client.Identity.Anonymous()),
                client.getRef()));
        tellUsers();
        assertThat(answered().rows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsOnly(Value.NULL));
    }

    private void tellUsers() {
        role.expectMessageClass(InstanceRoleProtocol.ShowUsers.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Users(List.of(
                        new InstanceRoleProtocol.UserStatus(new UserName("ann"), false),
                        new InstanceRoleProtocol.UserStatus(new UserName("bob"), true))));
    }

    @Test
    void settingsOfAllInstancesAreSetAndShown() {
        type("SET DATABASE SETTING 'query.timeout' TO '2.5'");
        var set = role.expectMessageClass(InstanceRoleProtocol.SetDatabaseSetting.class);
        assertThat(set.name()).isEqualTo("query.timeout");
        assertThat(set.value()).isEqualTo("2.5");
        set.replyTo().tell(new InstanceRoleProtocol.Done(List.of()));
        assertThat(answered().rows()).isEmpty();
        type("SHOW DATABASE SETTING 'query.timeout'");
        var one = role.expectMessageClass(InstanceRoleProtocol.ShowDatabaseSettings.class);
        assertThat(one.name()).contains("query.timeout");
        one.replyTo()
                .tell(new InstanceRoleProtocol.SettingsInForce(
                        List.of(new InstanceRoleProtocol.SettingStatus("query.timeout", "2.5"))));
        assertThat(answered())
                .isEqualTo(AdminAnswer.table(
                        List.of("setting_name", "setting_value"),
                        List.of(List.of(Value.of("query.timeout"), Value.of("2.5")))));
        type("SHOW DATABASE SETTINGS");
        assertThat(role.expectMessageClass(InstanceRoleProtocol.ShowDatabaseSettings.class)
                        .name())
                .isEmpty();
    }

    @Test
    void whatAClientMayNotDoGoesNoFurther() {
        AdminPort port = new ActorAdminPort(
                kit.system(),
                frontend,
                (client, privilege) -> {
                    throw new SkeinException(ErrorCode.FORBIDDEN, client.userName() + " lacks " + privilege);
                },
                TIMEOUT);
        assertThatThrownBy(() -> port.execute(new AdminStatement.DropReplica("r"), ASKING))
                .hasMessage("ann lacks REPLICATION");
        role.expectNoMessage(Duration.ZERO);
    }

    private AdminAnswer answered() {
        return client.expectMessageClass(BoltFrontend.Answered.class).answer();
    }

    private SkeinException refused() {
        return client.expectMessageClass(BoltFrontend.Refused.class).reason();
    }

    private static InstanceRoleProtocol.Done done() {
        return new InstanceRoleProtocol.Done(List.of());
    }

    @Test
    void theRoleIsShownInOneRow() {
        type("SHOW REPLICATION ROLE");
        ActorRef<Reply> replyTo =
                role.expectMessageClass(InstanceRoleProtocol.ShowRole.class).replyTo();
        replyTo.tell(new InstanceRoleProtocol.Role(true));
        AdminAnswer answer = answered();
        assertThat(answer.columns()).containsExactly("replication role");
        assertThat(answer.rows()).containsExactly(List.of(Value.of("main")));

        type("show replication role;");
        role.expectMessageClass(InstanceRoleProtocol.ShowRole.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Role(false));
        assertThat(answered().rows()).containsExactly(List.of(Value.of("replica")));
    }

    @Test
    void replicasAreShownAsTheReferencePrintsThem() {
        type("SHOW REPLICAS");
        role.expectMessageClass(InstanceRoleProtocol.ShowReplicas.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Replicas(List.of(new InstanceRoleProtocol.ReplicaStatus(
                        new ReplicaName("replica_2"),
                        new HostPort("127.0.0.1", 10_002),
                        ReplicationMode.ASYNC,
                        new StreamStatus(5, -1, StreamState.RECOVERY),
                        Map.of(new DatabaseName("skein"), new StreamStatus(2, -3, StreamState.INVALID))))));
        AdminAnswer answer = answered();
        assertThat(answer.columns()).containsExactly("name", "socket_address", "sync_mode", "system_info", "data_info");
        assertThat(answer.rows())
                .containsExactly(List.of(
                        Value.of("replica_2"),
                        Value.of("127.0.0.1:10002"),
                        Value.of("async"),
                        status(5, Value.NULL, "recovery"),
                        new MapValue(Map.of("skein", status(2, Value.of(-3), "invalid")))));
    }

    @Test
    void lagIsShownPerInstanceAndDatabaseWithUnits() {
        type("SHOW REPLICATION LAG;");
        role.expectMessageClass(InstanceRoleProtocol.ShowReplicationLag.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.ReplicationLag(List.of(new InstanceRoleProtocol.InstanceLag(
                        "replica_2",
                        Map.of(new DatabaseName("skein"), new InstanceRoleProtocol.StreamLag(7, 2, 300, 12))))));
        AdminAnswer answer = answered();
        assertThat(answer.columns()).containsExactly("instance_name", "data_info");
        MapValue lag = new MapValue(Map.of(
                "num_committed_txns", Value.of(7),
                "num_txns_behind_main", Value.of(2),
                "lagTransactions", Value.of(2),
                "lagBytes", Value.of(300),
                "lagMillis", Value.of(12)));
        assertThat(answer.rows()).containsExactly(List.of(Value.of("replica_2"), new MapValue(Map.of("skein", lag))));
    }

    private static MapValue status(long position, Value behind, String state) {
        return new MapValue(Map.of("ts", Value.of(position), "behind", behind, "status", Value.of(state)));
    }

    @Test
    void aDatabaseIsCreatedDroppedAndRenamedInOneRow() {
        type("CREATE DATABASE movies");
        var create = role.expectMessageClass(InstanceRoleProtocol.CreateDatabase.class);
        assertThat(create.name()).isEqualTo(new DatabaseName("movies"));
        assertThat(create.ifNotExists()).isFalse();
        create.replyTo().tell(done());
        AdminAnswer created = answered();
        assertThat(created.columns()).containsExactly("STATUS");
        assertThat(created.rows()).containsExactly(List.of(Value.of("Successfully created database movies")));

        type("DROP DATABASE movies IF EXISTS FORCE");
        var drop = role.expectMessageClass(InstanceRoleProtocol.DropDatabase.class);
        assertThat(drop.ifExists()).isTrue();
        assertThat(drop.force()).isTrue();
        drop.replyTo().tell(done());
        assertThat(answered().rows()).containsExactly(List.of(Value.of("There is no database movies")));

        type("RENAME DATABASE a TO b");
        var rename = role.expectMessageClass(InstanceRoleProtocol.RenameDatabase.class);
        assertThat(rename.from()).isEqualTo(new DatabaseName("a"));
        assertThat(rename.to()).isEqualTo(new DatabaseName("b"));
        rename.replyTo()
                .tell(new InstanceRoleProtocol.Refused(new SkeinException(ErrorCode.DATABASE_NOT_FOUND, "no a")));
        assertThat(refused().code()).isEqualTo(ErrorCode.DATABASE_NOT_FOUND);
    }

    @Test
    void noReplicaIsATableWithoutRows() {
        type("SHOW REPLICAS");
        role.expectMessageClass(InstanceRoleProtocol.ShowReplicas.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Replicas(List.of()));
        AdminAnswer answer = answered();
        assertThat(answer.columns()).hasSize(5);
        assertThat(answer.rows()).isEmpty();
    }

    @Test
    void aReplicaIsRegistered() {
        type("REGISTER REPLICA REP1 SYNC TO \"172.17.0.3:10001\"");
        var command = role.expectMessageClass(InstanceRoleProtocol.RegisterReplica.class);
        assertThat(command.name()).isEqualTo(new ReplicaName("REP1"));
        assertThat(command.mode()).isEqualTo(ReplicationMode.SYNC);
        assertThat(command.address()).isEqualTo(new HostPort("172.17.0.3", 10_001));
        assertThat(command.ackTimeout()).isEmpty();
        command.replyTo().tell(done());
        AdminAnswer answer = answered();
        assertThat(answer.columns()).isEmpty();
        assertThat(answer.rows()).isEmpty();
        assertThat(answer.notifications()).singleElement().satisfies(it -> {
            assertThat(it.code()).isEqualTo("RegisterReplica");
            assertThat(it.severity()).isEqualTo(Severity.INFORMATION);
            assertThat(it.title()).contains("REP1");
        });
    }

    @Test
    void aReplicaListensOnTenThousandUnlessItIsSaid() {
        type("REGISTER REPLICA r ASYNC TO 'db.example.com'");
        assertThat(role.expectMessageClass(InstanceRoleProtocol.RegisterReplica.class)
                        .address())
                .isEqualTo(new HostPort("db.example.com", 10_000));
        type("SET REPLICATION ROLE TO REPLICA");
        assertThat(role.expectMessageClass(InstanceRoleProtocol.SetRoleToReplica.class)
                        .port())
                .isEqualTo(10_000);
    }

    @Test
    void aTimeoutMakesASyncReplicaSemiSync() {
        type("REGISTER REPLICA r3 SYNC WITH TIMEOUT 1 TO \"127.0.0.1:10003\"");
        assertThat(role.expectMessageClass(InstanceRoleProtocol.RegisterReplica.class)
                        .ackTimeout())
                .isEqualTo(Optional.of(Duration.ofSeconds(1)));
        type("REGISTER REPLICA r4 SYNC WITH TIMEOUT 0.5 TO \"127.0.0.1:10003\"");
        assertThat(role.expectMessageClass(InstanceRoleProtocol.RegisterReplica.class)
                        .ackTimeout())
                .isEqualTo(Optional.of(Duration.ofMillis(500)));
    }

    @Test
    void aTimeoutOfAnAsyncReplicaIsIgnoredAndSaidSo() {
        type("REGISTER REPLICA r ASYNC WITH TIMEOUT 1 TO \"127.0.0.1:10003\"");
        var command = role.expectMessageClass(InstanceRoleProtocol.RegisterReplica.class);
        assertThat(command.ackTimeout()).isEmpty();
        command.replyTo().tell(done());
        assertThat(codes(answered())).containsExactly("RegisterReplica", "ReplicaTimeoutIgnored");
    }

    @Test
    void rolesAreSetAndReplicasDropped() {
        type("SET REPLICATION ROLE TO MAIN");
        role.expectMessageClass(InstanceRoleProtocol.SetRoleToMain.class)
                .replyTo()
                .tell(done());
        assertThat(answered().notifications().getFirst().title()).contains("MAIN");
        type("SET REPLICATION ROLE TO REPLICA WITH PORT 10001");
        var toReplica = role.expectMessageClass(InstanceRoleProtocol.SetRoleToReplica.class);
        assertThat(toReplica.port()).isEqualTo(10_001);
        toReplica.replyTo().tell(done());
        assertThat(codes(answered())).containsExactly("SetReplica");
        type("DROP REPLICA r");
        var drop = role.expectMessageClass(InstanceRoleProtocol.DropReplica.class);
        assertThat(drop.name()).isEqualTo(new ReplicaName("r"));
        drop.replyTo().tell(done());
        assertThat(codes(answered())).containsExactly("DropReplica");
    }

    @Test
    void boltsPortForReplicationIsWarnedOf() {
        type("SET REPLICATION ROLE TO REPLICA WITH PORT 7687");
        role.expectMessageClass(InstanceRoleProtocol.SetRoleToReplica.class)
                .replyTo()
                .tell(done());
        assertThat(answered().notifications()).anySatisfy(it -> {
            assertThat(it.code()).isEqualTo("ReplicaPortWarning");
            assertThat(it.severity()).isEqualTo(Severity.WARNING);
        });
    }

    @Test
    void whatTheRoleSaysIsNotSaidTwice() {
        type("DROP REPLICA r");
        Notification own = new Notification("DropReplica", "gone", "", Severity.INFORMATION);
        role.expectMessageClass(InstanceRoleProtocol.DropReplica.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Done(List.of(own)));
        assertThat(answered().notifications()).containsExactly(own);
    }

    private static List<String> codes(AdminAnswer answer) {
        return answer.notifications().stream().map(Notification::code).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET REPLICATION ROLE TO MAIN WITH PORT 10000 | SEMANTIC_ERROR | no replication port",
                "SET REPLICATION ROLE TO REPLICA WITH PORT 0 | SEMANTIC_ERROR | 1 to 65535",
                "SET REPLICATION ROLE TO REPLICA WITH PORT 65536 | SEMANTIC_ERROR | 1 to 65535",
                "REGISTER REPLICA r SYNC TO \"a:b:c\" | INVALID_ARGUMENT | separated by one colon",
                "REGISTER REPLICA r SYNC TO \"a:port\" | INVALID_ARGUMENT | not a port number",
                "REGISTER REPLICA r SYNC TO \"a:0\" | INVALID_ARGUMENT | its port is 0",
                "REGISTER REPLICA r SYNC TO \"a:70000\" | INVALID_ARGUMENT | between 0 and 65535",
                "REGISTER REPLICA r SYNC WITH TIMEOUT 0 TO \"a:1\" | SEMANTIC_ERROR | above 0",
                "SHOW INSTANCES | REPLICATION_REFUSED | Only a coordinator can run SHOW INSTANCES",
                "PAUSE FAILOVER | REPLICATION_REFUSED | Only a coordinator can run PAUSE FAILOVER",
            })
    void impossibleWishesAreRefusedBeforeAnythingHappens(String statement, ErrorCode code, String reason) {
        type(statement.strip());
        SkeinException refusal = refused();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(reason.strip());
        role.expectNoMessage(Duration.ZERO);
    }

    @Test
    void theRolesRefusalIsPassedOn() {
        type("DROP REPLICA r");
        SkeinException reason = new SkeinException(ErrorCode.REPLICATION_REFUSED, "no such replica");
        role.expectMessageClass(InstanceRoleProtocol.DropReplica.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Refused(reason));
        assertThat(refused()).isSameAs(reason);
    }

    @Test
    void aCommandWithoutAnAnswerIsUnknownAndNotFailed() {
        type("DROP REPLICA r");
        role.expectMessageClass(InstanceRoleProtocol.DropReplica.class);
        time.timePasses(TIMEOUT);
        SkeinException refusal = refused();
        assertThat(refusal.code().effect()).isEqualTo(ErrorCode.Effect.UNKNOWN);
        assertThat(refusal).hasMessageContaining("may still take effect");
    }

    @Test
    void aQuestionWithoutAnAnswerMayBeAskedAgain() {
        type("SHOW REPLICAS");
        role.expectMessageClass(InstanceRoleProtocol.ShowReplicas.class);
        time.timePasses(TIMEOUT);
        assertThat(refused().code().isTransient()).isTrue();
    }

    @Test
    void aSlowCommandHoldsUpNoOther() {
        type("DROP REPLICA r");
        var slow = role.expectMessageClass(InstanceRoleProtocol.DropReplica.class);
        type("SHOW REPLICATION ROLE");
        role.expectMessageClass(InstanceRoleProtocol.ShowRole.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Role(true));
        assertThat(answered().columns()).containsExactly("replication role");
        slow.replyTo().tell(done());
        assertThat(codes(answered())).containsExactly("DropReplica");
    }

    @Test
    void theProcessTellsOfItself() {
        type("SHOW VERSION");
        assertThat(answered()).isEqualTo(AdminAnswer.table(List.of("version"), List.of(List.of(Value.of("0.1.0")))));
        type("SHOW METRICS INFO");
        assertThat(answered().columns()).containsExactly("name", "type", "value");
        type("SHOW BUILD INFO");
        assertThat(answered().rows()).containsExactly(List.of(Value.of("build_type"), Value.of("Release")));
        type("SHOW CONFIG");
        AdminAnswer configuration = answered();
        assertThat(configuration.columns()).containsExactly("name", "default_value", "current_value", "description");
        assertThat(configuration.rows())
                .containsExactly(List.of(Value.of("bolt-port"), Value.of("7687"), Value.of("7688"), Value.of("Port.")));
    }

    @Test
    void sessionsAskThroughThePort() {
        AdminPort port = new ActorAdminPort(kit.system(), frontend, (client, privilege) -> {}, TIMEOUT);
        var main =
                port.execute(new AdminStatement.ShowReplicationRole(), ASKING).toCompletableFuture();
        role.expectMessageClass(InstanceRoleProtocol.ShowRole.class)
                .replyTo()
                .tell(new InstanceRoleProtocol.Role(true));
        assertThat(main.join().rows()).containsExactly(List.of(Value.of("main")));
        var refusal =
                port.execute(new CoordinatorStatement.ShowInstances(), ASKING).toCompletableFuture();
        assertThatThrownBy(refusal::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SkeinException.class);
    }

    @Test
    void aFrontendThatIsGoneIsToldOfAndNothingIsPromised() {
        AdminPort port =
                new ActorAdminPort(kit.system(), kit.system().deadLetters(), (client, privilege) -> {}, TIMEOUT);
        var question =
                port.execute(new AdminStatement.ShowReplicationRole(), ASKING).toCompletableFuture();
        var command = port.execute(new AdminStatement.DropReplica("r"), ASKING).toCompletableFuture();
        time.timePasses(TIMEOUT.plusSeconds(10));
        assertThatThrownBy(question::join)
                .cause()
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
        assertThatThrownBy(command::join)
                .cause()
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code().effect()).isEqualTo(ErrorCode.Effect.UNKNOWN));
    }

    private static final class FixedInformation implements InstanceInformation {
        @Override
        public String version() {
            return "0.1.0";
        }

        @Override
        public Map<String, String> build() {
            return new LinkedHashMap<>(Map.of("build_type", "Release"));
        }

        @Override
        public List<MetricRow> metrics() {
            return List.of(new MetricRow("skein_read_queries", "counter", 7));
        }

        @Override
        public List<ConfigurationRow> configuration() {
            return List.of(new ConfigurationRow("bolt-port", "7687", "7688", "Port."));
        }
    }
}
