package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.CoordinatorStatement.AddCoordinator;
import skein.cypher.syntax.CoordinatorStatement.Configuration;
import skein.cypher.syntax.CoordinatorStatement.DemoteInstance;
import skein.cypher.syntax.CoordinatorStatement.Entry;
import skein.cypher.syntax.CoordinatorStatement.ForceReset;
import skein.cypher.syntax.CoordinatorStatement.PauseFailover;
import skein.cypher.syntax.CoordinatorStatement.RegisterInstance;
import skein.cypher.syntax.CoordinatorStatement.RegisterInstanceOn;
import skein.cypher.syntax.CoordinatorStatement.RemoveCoordinator;
import skein.cypher.syntax.CoordinatorStatement.SetInstanceToMain;
import skein.cypher.syntax.CoordinatorStatement.SetSetting;
import skein.cypher.syntax.CoordinatorStatement.ShowCandidates;
import skein.cypher.syntax.CoordinatorStatement.ShowFailovers;
import skein.cypher.syntax.CoordinatorStatement.ShowInstance;
import skein.cypher.syntax.CoordinatorStatement.ShowInstances;
import skein.cypher.syntax.CoordinatorStatement.ShowRouting;
import skein.cypher.syntax.CoordinatorStatement.ShowSettings;
import skein.cypher.syntax.CoordinatorStatement.Text;
import skein.cypher.syntax.CoordinatorStatement.UnregisterInstance;
import skein.cypher.syntax.CoordinatorStatement.UpdateCoordinator;
import skein.cypher.syntax.CoordinatorStatement.UpdateInstance;
import skein.cypher.syntax.CoordinatorStatement.YieldLeadership;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class CoordinatorStatementTest {
    private static final Configuration BOLT = configuration("bolt_server", "h:7691");

    /** Each kind of statement in every one of its forms. */
    static Stream<CoordinatorStatement> statements() {
        return Stream.of(
                new AddCoordinator(0, BOLT),
                new AddCoordinator(2_147_483_647, configuration("bolt_server", "h:1", "coordinator_server", "h:2")),
                new RemoveCoordinator(3),
                new RegisterInstance("i1", Optional.empty(), BOLT, false),
                new RegisterInstance("i-1", Optional.of("SYNC"), BOLT, false),
                new RegisterInstance("main", Optional.of("STRICT_SYNC"), configuration(), true),
                new RegisterInstance("i1", Optional.of("QUORUM"), BOLT, true),
                new RegisterInstanceOn("i1", Optional.empty(), "h:1", "h:2", false),
                new RegisterInstanceOn("i1", Optional.of("ASYNC"), "h:1", "h:2", true),
                new UnregisterInstance("i1"),
                new SetInstanceToMain("i1", false),
                new SetInstanceToMain("i1", true),
                new DemoteInstance("switchover"),
                new UpdateInstance("i1", BOLT),
                new UpdateCoordinator(2, BOLT),
                new ForceReset(),
                new YieldLeadership(),
                new SetSetting("sync_failover_only", "it's"),
                new ShowSettings(),
                new PauseFailover(true),
                new PauseFailover(false),
                new ShowFailovers(),
                new ShowCandidates(),
                new ShowInstance(),
                new ShowInstances(),
                new ShowRouting());
    }

    @ParameterizedTest
    @MethodSource("statements")
    void whatIsWrittenIsReadAgain(CoordinatorStatement statement) {
        assertThat(admin(written(statement))).isEqualTo(statement);
        assertThat(admin(written(statement).toLowerCase(java.util.Locale.ROOT) + " ;"))
                .isEqualTo(statement);
    }

    @Test
    void theListAboveHasEveryKind() {
        assertThat(statements().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Stream.of(CoordinatorStatement.class.getPermittedSubclasses())
                        .toArray(Class[]::new));
    }

    /** As the documentation of a cluster writes it. */
    @Test
    void readsTheDocumentationsForms() {
        assertThat(admin("ADD COORDINATOR 1 WITH CONFIG {\"bolt_server\": \"localhost:7691\", "
                        + "\"coordinator_server\": \"localhost:10111\", \"management_server\": \"localhost:12121\"};"))
                .isEqualTo(new AddCoordinator(
                        1,
                        configuration(
                                "bolt_server",
                                "localhost:7691",
                                "coordinator_server",
                                "localhost:10111",
                                "management_server",
                                "localhost:12121")));
        assertThat(admin("REGISTER INSTANCE instance_1 WITH CONFIG {bolt_server: 'h:7691'};"))
                .isEqualTo(new RegisterInstance("instance_1", Optional.empty(), BOLT, false));
    }

    @Test
    void valuesMayBeParameters() {
        CoordinatorStatement statement =
                (CoordinatorStatement) admin("REGISTER INSTANCE i1 WITH CONFIG {bolt_server: $bolt, b: $1, c: 7}");
        assertThat(statement.bound(Map.of("bolt", Value.of("h:1"), "1", Value.of("x"))))
                .isEqualTo(new RegisterInstance(
                        "i1", Optional.empty(), configuration("bolt_server", "h:1", "b", "x", "c", "7"), false));
        assertThatThrownBy(() -> statement.bound(Map.of("bolt", Value.of(1))))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.TYPE_ERROR));
        assertThatThrownBy(() -> new Text.Parameter("p").text()).hasMessageContaining("$p has no value");
    }

    @Test
    void aKeyThatStandsTwiceIsKeptForTheOneWhoChecks() {
        assertThat(admin("UPDATE CONFIG FOR INSTANCE i {a: 'b', a: 'c'}"))
                .isEqualTo(new UpdateInstance("i", configuration("a", "b", "a", "c")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADD COORDINATOR one WITH CONFIG {}",
                "ADD COORDINATOR -1 WITH CONFIG {}",
                "ADD COORDINATOR 2147483648 WITH CONFIG {}",
                "SET INSTANCE i1 TO REPLICA",
                "REGISTER INSTANCE i1",
                "SHOW FAILOVER",
                "PAUSE",
                "SET COORDINATOR SETTING a TO 'b'"
            })
    void whatIsNotAStatementIsASyntaxError(String text) {
        assertThatThrownBy(() -> CypherParser.parse(text))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR));
    }

    private static AdminStatement admin(String text) {
        AdminStatement statement = CypherParser.parseAdmin(text).orElseThrow();
        assertThat(CypherParser.parse(text)).isEqualTo(statement);
        return statement;
    }

    private static Configuration configuration(String... keysAndValues) {
        return new Configuration(Stream.iterate(0, i -> i < keysAndValues.length, i -> i + 2)
                .map(i -> new Entry(keysAndValues[i], new Text.Written(keysAndValues[i + 1])))
                .toList());
    }

    /** A statement as a person would write it. */
    private static String written(CoordinatorStatement statement) {
        return switch (statement) {
            case AddCoordinator(int id, var map) -> "ADD COORDINATOR " + id + " WITH CONFIG " + written(map);
            case RemoveCoordinator(int id) -> "REMOVE COORDINATOR " + id;
            case RegisterInstance(var name, var mode, var map, boolean resync) ->
                "REGISTER INSTANCE `" + name + "`" + as(mode) + " WITH CONFIG " + written(map)
                        + (resync ? " RESYNC" : "");
            case RegisterInstanceOn(var name, var mode, var management, var replication, boolean resync) ->
                "REGISTER INSTANCE " + name + as(mode) + " ON '" + management + "' WITH '" + replication + "'"
                        + (resync ? " RESYNC" : "");
            case UnregisterInstance(var name) -> "UNREGISTER INSTANCE " + name;
            case SetInstanceToMain(var name, boolean switchover) ->
                "SET INSTANCE " + name + " TO MAIN" + (switchover ? " SWITCHOVER" : "");
            case DemoteInstance(var name) -> "DEMOTE INSTANCE " + name;
            case UpdateInstance(var name, var map) -> "UPDATE CONFIG FOR INSTANCE " + name + " " + written(map);
            case UpdateCoordinator(int id, var map) -> "UPDATE CONFIG FOR COORDINATOR " + id + " " + written(map);
            case ForceReset() -> "FORCE RESET CLUSTER STATE";
            case YieldLeadership() -> "YIELD LEADERSHIP";
            case SetSetting(var name, var value) ->
                "SET COORDINATOR SETTING '" + name + "' TO '" + value.replace("'", "\\'") + "'";
            case ShowSettings() -> "SHOW COORDINATOR SETTINGS";
            case PauseFailover(boolean pause) -> (pause ? "PAUSE" : "RESUME") + " FAILOVER";
            case ShowFailovers() -> "SHOW FAILOVERS";
            case ShowCandidates() -> "SHOW FAILOVER CANDIDATES";
            case ShowInstance() -> "SHOW INSTANCE";
            case ShowInstances() -> "SHOW INSTANCES";
            case ShowRouting() -> "SHOW ROUTING TABLE";
        };
    }

    private static String as(Optional<String> mode) {
        return mode.map(it -> " AS " + it).orElse("");
    }

    private static String written(Configuration map) {
        return map.entries().stream()
                .map(entry -> "'" + entry.key() + "': '" + entry.value().text() + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
