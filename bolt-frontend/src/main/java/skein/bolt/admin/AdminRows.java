package skein.bolt.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol.CatchUpProgress;
import skein.protocol.InstanceRoleProtocol.InstanceLag;
import skein.protocol.InstanceRoleProtocol.ReplicaStatus;
import skein.protocol.InstanceRoleProtocol.Replicas;
import skein.protocol.InstanceRoleProtocol.ReplicationLag;
import skein.protocol.InstanceRoleProtocol.StreamStatus;

/** The tables of admin statements, column for column as the documentation of Memgraph prints them. */
final class AdminRows {
    private AdminRows() {}

    static AdminAnswer role(boolean main) {
        return AdminAnswer.table(List.of("replication role"), List.of(List.of(Value.of(main ? "main" : "replica"))));
    }

    static AdminAnswer replicas(Replicas replicas) {
        return AdminAnswer.table(
                List.of("name", "socket_address", "sync_mode", "system_info", "data_info"),
                replicas.replicas().stream().map(AdminRows::replica).toList());
    }

    private static List<Value> replica(ReplicaStatus replica) {
        Map<String, Value> databases = new LinkedHashMap<>();
        replica.databases()
                .forEach((name, status) -> databases.put(name.value(), stream(status, Value.of(status.behind()))));
        return List.of(
                Value.of(replica.name().value()),
                Value.of(replica.address().toString()),
                Value.of(replica.mode().shown()),
                stream(replica.system(), Value.NULL),
                new Value.MapValue(databases));
    }

    /** How far the system database is behind is not told: the reference prints Null there. */
    private static Value stream(StreamStatus status, Value behind) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("ts", Value.of(status.lsn()));
        entries.put("behind", behind);
        entries.put("status", Value.of(status.state().name().toLowerCase(Locale.ROOT)));
        CatchUpProgress catchUp = status.catchUp();
        if (catchUp != null) {
            entries.put("catch_up", catchUp(catchUp));
        }
        if (status.givenUp() > 0) {
            entries.put("given_up_transactions", Value.of(status.givenUp()));
        }
        return new Value.MapValue(entries);
    }

    /** Beside what the reference prints, while a replica catches up. */
    private static Value catchUp(CatchUpProgress progress) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("by", Value.of(progress.bySnapshot() ? "snapshot" : "log"));
        entries.put("percent", Value.of(progress.percent()));
        entries.put("bytes_per_second", Value.of(progress.bytesPerSecond()));
        entries.put("seconds_left", progress.secondsLeft() < 0 ? Value.NULL : Value.of(progress.secondsLeft()));
        return new Value.MapValue(entries);
    }

    /** Columns and the first two entries of each database as in the reference; the others say their units. */
    static AdminAnswer lag(ReplicationLag lag) {
        return AdminAnswer.table(
                List.of("instance_name", "data_info"),
                lag.instances().stream().map(AdminRows::lag).toList());
    }

    private static List<Value> lag(InstanceLag instance) {
        Map<String, Value> databases = new LinkedHashMap<>();
        instance.databases().forEach((name, lag) -> {
            Map<String, Value> entries = new LinkedHashMap<>();
            entries.put("num_committed_txns", Value.of(lag.committedTransactions()));
            entries.put("num_txns_behind_main", Value.of(lag.lagTransactions()));
            entries.put("lagTransactions", Value.of(lag.lagTransactions()));
            entries.put("lagBytes", Value.of(lag.lagBytes()));
            entries.put("lagMillis", Value.of(lag.lagMillis()));
            databases.put(name.value(), new Value.MapValue(entries));
        });
        return List.of(Value.of(instance.instance()), new Value.MapValue(databases));
    }

    static AdminAnswer version(InstanceInformation instance) {
        return AdminAnswer.table(List.of("version"), List.of(List.of(Value.of(instance.version()))));
    }

    static AdminAnswer build(InstanceInformation instance) {
        List<List<Value>> rows = new ArrayList<>();
        instance.build().forEach((name, value) -> rows.add(List.of(Value.of(name), Value.of(value))));
        return AdminAnswer.table(List.of("build info", "value"), rows);
    }

    static AdminAnswer configuration(InstanceInformation instance) {
        return AdminAnswer.table(
                List.of("name", "default_value", "current_value", "description"),
                instance.configuration().stream()
                        .map(row -> List.of(
                                Value.of(row.name()),
                                Value.of(row.defaultValue()),
                                Value.of(row.currentValue()),
                                Value.of(row.description())))
                        .toList());
    }

    static AdminAnswer metrics(InstanceInformation instance) {
        return AdminAnswer.table(
                List.of("name", "type", "value"),
                instance.metrics().stream()
                        .map(row -> List.<Value>of(Value.of(row.name()), Value.of(row.type()), Value.of(row.value())))
                        .toList());
    }
}
