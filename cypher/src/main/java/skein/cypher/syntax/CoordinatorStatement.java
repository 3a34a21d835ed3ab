package skein.cypher.syntax;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** A statement about a cluster with coordinators; only coordinators carry it out. Addresses are as they were typed. */
public sealed interface CoordinatorStatement extends AdminStatement {
    /** {@code ADD COORDINATOR id WITH CONFIG {...}}. */
    record AddCoordinator(int id, Configuration configuration) implements CoordinatorStatement {}

    /** {@code REMOVE COORDINATOR id}. */
    record RemoveCoordinator(int id) implements CoordinatorStatement {}

    /**
     * {@code REGISTER INSTANCE name [AS mode] WITH CONFIG {...} [RESYNC]}.
     *
     * @param mode SYNC, ASYNC, STRICT_SYNC or QUORUM; empty for the default
     * @param resync whatever the instance holds may be put aside
     */
    record RegisterInstance(String name, Optional<String> mode, Configuration configuration, boolean resync)
            implements CoordinatorStatement {}

    /** {@code REGISTER INSTANCE name [AS mode] ON 'management' WITH 'replication' [RESYNC]}, the oldest form. */
    record RegisterInstanceOn(String name, Optional<String> mode, String management, String replication, boolean resync)
            implements CoordinatorStatement {}

    /** {@code UNREGISTER INSTANCE name}. */
    record UnregisterInstance(String name) implements CoordinatorStatement {}

    /**
     * {@code SET INSTANCE name TO MAIN [SWITCHOVER]}.
     *
     * @param switchover the present MAIN hands over to it
     */
    record SetInstanceToMain(String name, boolean switchover) implements CoordinatorStatement {}

    /** {@code DEMOTE INSTANCE name}. */
    record DemoteInstance(String name) implements CoordinatorStatement {}

    /** {@code UPDATE CONFIG FOR INSTANCE name {...}}. */
    record UpdateInstance(String name, Configuration configuration) implements CoordinatorStatement {}

    /** {@code UPDATE CONFIG FOR COORDINATOR id {...}}. */
    record UpdateCoordinator(int id, Configuration configuration) implements CoordinatorStatement {}

    /** {@code FORCE RESET CLUSTER STATE}. */
    record ForceReset() implements CoordinatorStatement {}

    /** {@code YIELD LEADERSHIP}. */
    record YieldLeadership() implements CoordinatorStatement {}

    /** {@code SET COORDINATOR SETTING 'name' TO 'value'}. */
    record SetSetting(String name, String value) implements CoordinatorStatement {}

    /** {@code SHOW COORDINATOR SETTINGS}. */
    record ShowSettings() implements CoordinatorStatement {}

    /** {@code PAUSE FAILOVER}, {@code RESUME FAILOVER}. */
    record PauseFailover(boolean pause) implements CoordinatorStatement {}

    /** {@code SHOW FAILOVERS}. */
    record ShowFailovers() implements CoordinatorStatement {}

    /** {@code SHOW FAILOVER CANDIDATES}. */
    record ShowCandidates() implements CoordinatorStatement {}

    /** {@code SHOW INSTANCE}. */
    record ShowInstance() implements CoordinatorStatement {}

    /** {@code SHOW INSTANCES}. */
    record ShowInstances() implements CoordinatorStatement {}

    /** {@code SHOW ROUTING TABLE}. */
    record ShowRouting() implements CoordinatorStatement {}

    /** Keys and values in the order in which they were written; a key may stand there twice. */
    record Configuration(List<Entry> entries) {
        public Configuration {
            entries = List.copyOf(entries);
        }

        private Configuration bound(Map<String, Value> parameters) {
            return new Configuration(entries.stream()
                    .map(entry -> new Entry(entry.key(), entry.value().bound(parameters)))
                    .toList());
        }
    }

    record Entry(String key, Text value) {}

    /** A value: written out, or a parameter. */
    sealed interface Text {
        record Written(String text) implements Text {}

        record Parameter(String name) implements Text {}

        /** What is written; PARAMETER_MISSING for a parameter that nobody has given. */
        default String text() {
            return switch (this) {
                case Written(String text) -> text;
                case Parameter(String name) ->
                    throw new SkeinException(
                            ErrorCode.PARAMETER_MISSING, "The parameter $" + name + " has no value. Pass one.");
            };
        }

        private Text bound(Map<String, Value> parameters) {
            if (!(this instanceof Parameter(String name))) {
                return this;
            }
            return switch (parameters.getOrDefault(name, Value.NULL)) {
                case Value.StringValue(String value) -> new Written(value);
                case Value.NullValue _ -> this;
                default ->
                    throw new SkeinException(
                            ErrorCode.TYPE_ERROR, "The parameter $" + name + " must be a string. Nothing changed.");
            };
        }
    }

    /** The statement with the values of its parameters in their places. */
    default CoordinatorStatement bound(Map<String, Value> parameters) {
        return switch (this) {
            case AddCoordinator(int id, var configuration) -> new AddCoordinator(id, configuration.bound(parameters));
            case RegisterInstance(var name, var mode, var configuration, boolean resync) ->
                new RegisterInstance(name, mode, configuration.bound(parameters), resync);
            case UpdateInstance(var name, var configuration) ->
                new UpdateInstance(name, configuration.bound(parameters));
            case UpdateCoordinator(int id, var configuration) ->
                new UpdateCoordinator(id, configuration.bound(parameters));
            case RegisterInstanceOn _,
                    RemoveCoordinator _,
                    UnregisterInstance _,
                    SetInstanceToMain _,
                    DemoteInstance _,
                    ForceReset _,
                    YieldLeadership _,
                    SetSetting _,
                    PauseFailover _,
                    ShowSettings _,
                    ShowFailovers _,
                    ShowCandidates _,
                    ShowInstance _,
                    ShowInstances _,
                    ShowRouting _ -> this;
        };
    }

    /** True when a missing answer leaves open whether something happened. */
    default boolean changesSomething() {
        return switch (this) {
            case ShowSettings _, ShowFailovers _, ShowCandidates _, ShowInstance _, ShowInstances _, ShowRouting _ ->
                false;
            case AddCoordinator _,
                    RemoveCoordinator _,
                    RegisterInstance _,
                    RegisterInstanceOn _,
                    UnregisterInstance _,
                    SetInstanceToMain _,
                    DemoteInstance _,
                    UpdateInstance _,
                    UpdateCoordinator _,
                    ForceReset _,
                    YieldLeadership _,
                    SetSetting _,
                    PauseFailover _ -> true;
        };
    }

    /** What stands at the beginning of such a statement, for messages about it. */
    default String words() {
        return switch (this) {
            case AddCoordinator _ -> "ADD COORDINATOR";
            case RemoveCoordinator _ -> "REMOVE COORDINATOR";
            case RegisterInstance _, RegisterInstanceOn _ -> "REGISTER INSTANCE";
            case UnregisterInstance _ -> "UNREGISTER INSTANCE";
            case SetInstanceToMain _ -> "SET INSTANCE";
            case DemoteInstance _ -> "DEMOTE INSTANCE";
            case UpdateInstance _ -> "UPDATE CONFIG FOR INSTANCE";
            case UpdateCoordinator _ -> "UPDATE CONFIG FOR COORDINATOR";
            case ForceReset _ -> "FORCE RESET CLUSTER STATE";
            case YieldLeadership _ -> "YIELD LEADERSHIP";
            case SetSetting _ -> "SET COORDINATOR SETTING";
            case ShowSettings _ -> "SHOW COORDINATOR SETTINGS";
            case PauseFailover(boolean pause) -> pause ? "PAUSE FAILOVER" : "RESUME FAILOVER";
            case ShowFailovers _ -> "SHOW FAILOVERS";
            case ShowCandidates _ -> "SHOW FAILOVER CANDIDATES";
            case ShowInstance _ -> "SHOW INSTANCE";
            case ShowInstances _ -> "SHOW INSTANCES";
            case ShowRouting _ -> "SHOW ROUTING TABLE";
        };
    }
}
