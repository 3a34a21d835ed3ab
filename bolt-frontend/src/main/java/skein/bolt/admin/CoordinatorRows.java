package skein.bolt.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import skein.graph.Value;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.CandidateRow;
import skein.protocol.CoordinatorProtocol.FailoverRow;
import skein.protocol.CoordinatorProtocol.InstanceRow;
import skein.protocol.CoordinatorProtocol.LagRow;
import skein.protocol.CoordinatorProtocol.Request;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.Notification;

/** The tables of a cluster, column for column as the documentation of Memgraph prints them; ours say their units. */
final class CoordinatorRows {
    private static final List<String> INSTANCES = List.of(
            "name", "bolt_server", "coordinator_server", "management_server", "health", "role", "last_succ_resp_ms");
    private static final List<String> INSTANCE =
            List.of("name", "bolt_server", "coordinator_server", "management_server", "role");
    private static final List<String> SETTINGS = List.of("setting_name", "setting_value");
    private static final List<String> LAGS = List.of("instance_name", "data_info");
    private static final List<String> ROUTING = List.of("role", "servers");
    private static final List<String> FAILOVERS = List.of(
            "reign",
            "from",
            "to",
            "cause",
            "started_at",
            "duration_ms",
            "candidates",
            "chosen_because",
            "transactions_given_up");
    private static final List<String> CANDIDATES =
            List.of("instance_name", "eligible", "reason", "transactions_behind", "never_promote");

    private CoordinatorRows() {}

    /** The columns that a request has, also when there are no rows; none for a command. */
    static List<String> columns(Request request) {
        return switch (request) {
            case CoordinatorProtocol.ShowInstances _ -> INSTANCES;
            case CoordinatorProtocol.ShowInstance _ -> INSTANCE;
            case CoordinatorProtocol.ShowSettings _ -> SETTINGS;
            case CoordinatorProtocol.ShowLag _ -> LAGS;
            case CoordinatorProtocol.ShowRouting _ -> ROUTING;
            case CoordinatorProtocol.ShowFailovers _ -> FAILOVERS;
            case CoordinatorProtocol.ShowCandidates _ -> CANDIDATES;
            case CoordinatorProtocol.AddCoordinator _,
                    CoordinatorProtocol.RemoveCoordinator _,
                    CoordinatorProtocol.RegisterInstance _,
                    CoordinatorProtocol.UnregisterInstance _,
                    CoordinatorProtocol.SetInstanceToMain _,
                    CoordinatorProtocol.DemoteInstance _,
                    CoordinatorProtocol.UpdateInstance _,
                    CoordinatorProtocol.UpdateCoordinator _,
                    CoordinatorProtocol.ForceReset _,
                    CoordinatorProtocol.YieldLeadership _,
                    CoordinatorProtocol.SetSetting _,
                    CoordinatorProtocol.ChangeUser _,
                    CoordinatorProtocol.ShowUsers _,
                    CoordinatorProtocol.PauseFailover _ -> List.of();
        };
    }

    /** What an answer says to a request. Throws the reason of a refusal. */
    static AdminAnswer of(CoordinatorCommands.Prepared asked, CoordinatorProtocol.Answer answer) {
        List<String> columns = columns(asked.request());
        return switch (answer) {
            case CoordinatorProtocol.Done(var theirs) -> AdminAnswer.done(merged(theirs, asked.notifications()));
            case CoordinatorProtocol.Refused(var reason) -> throw reason;
            case CoordinatorProtocol.Unavailable(Notification reason) ->
                new AdminAnswer(columns, List.of(), List.of(reason));
            case CoordinatorProtocol.Instances(var rows) ->
                AdminAnswer.table(
                        columns,
                        rows.stream()
                                .map(row -> columns.equals(INSTANCE) ? own(row) : instance(row))
                                .toList());
            case CoordinatorProtocol.Settings(var rows) ->
                AdminAnswer.table(
                        columns,
                        rows.stream().map(row -> texts(row.name(), row.value())).toList());
            case CoordinatorProtocol.Lags(var rows) ->
                AdminAnswer.table(
                        columns, rows.stream().map(CoordinatorRows::lag).toList());
            case CoordinatorProtocol.RoutingTable table -> AdminAnswer.table(columns, routing(table));
            case CoordinatorProtocol.Failovers(var rows) ->
                AdminAnswer.table(
                        columns, rows.stream().map(CoordinatorRows::failover).toList());
            case CoordinatorProtocol.Candidates(var rows) ->
                AdminAnswer.table(
                        columns, rows.stream().map(CoordinatorRows::candidate).toList());
            case CoordinatorProtocol.Users _ -> throw new IllegalStateException("users are shown by UserRows");
        };
    }

    /** What the coordinator says itself is not said twice. */
    private static List<Notification> merged(List<Notification> theirs, List<Notification> ours) {
        List<Notification> all = new ArrayList<>(theirs);
        ours.stream()
                .filter(own -> theirs.stream().noneMatch(it -> it.code().equals(own.code())))
                .forEach(all::add);
        return all;
    }

    private static List<Value> instance(InstanceRow row) {
        List<Value> values =
                new ArrayList<>(texts(row.name(), row.bolt(), row.coordinator(), row.management(), health(row)));
        values.add(Value.of(row.role()));
        values.add(known(row.millisSinceAnswer()));
        return values;
    }

    private static String health(InstanceRow row) {
        return row.up() ? "up" : "down";
    }

    private static List<Value> own(InstanceRow row) {
        return texts(row.name(), row.bolt(), row.coordinator(), row.management(), row.role());
    }

    private static List<Value> lag(LagRow row) {
        Map<String, Value> databases = new TreeMap<>();
        for (Map.Entry<DatabaseName, CoordinatorProtocol.DatabaseLag> lag :
                row.databases().entrySet()) {
            Map<String, Value> entries = new LinkedHashMap<>();
            entries.put("num_committed_txns", Value.of(lag.getValue().committedTransactions()));
            entries.put("num_txns_behind_main", Value.of(lag.getValue().behind()));
            databases.put(lag.getKey().value(), new Value.MapValue(entries));
        }
        return List.of(Value.of(row.instance()), new Value.MapValue(databases));
    }

    /** A role that nobody has is left out. */
    private static List<List<Value>> routing(CoordinatorProtocol.RoutingTable table) {
        List<List<Value>> rows = new ArrayList<>();
        role("WRITE", table.write(), rows);
        role("READ", table.read(), rows);
        role("ROUTE", table.route(), rows);
        return rows;
    }

    private static void role(String role, List<HostPort> servers, List<List<Value>> rows) {
        if (!servers.isEmpty()) {
            rows.add(List.of(Value.of(role), list(servers)));
        }
    }

    private static List<Value> failover(FailoverRow row) {
        return List.of(
                Value.of(row.reign()),
                Value.of(row.from()),
                Value.of(row.to()),
                Value.of(row.cause()),
                Value.of(Instant.ofEpochMilli(row.startedAt()).toString()),
                known(row.durationMillis()),
                list(row.candidates()),
                Value.of(row.chosen()),
                known(row.givenUp()));
    }

    private static List<Value> candidate(CandidateRow row) {
        return List.of(
                Value.of(row.name()),
                Value.of(row.eligible()),
                Value.of(row.reason()),
                Value.of(row.behind()),
                Value.of(row.neverPromote()));
    }

    private static Value known(long amount) {
        return amount < 0 ? Value.NULL : Value.of(amount);
    }

    private static Value list(List<?> items) {
        return Value.of(items.stream()
                .<Value>map(item -> Value.of(Objects.toString(item)))
                .toList());
    }

    private static List<Value> texts(String... texts) {
        return List.of(texts).stream().<Value>map(Value::of).toList();
    }
}
