package skein.instance;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skein.cypher.procedure.InstanceFacts;
import skein.graph.Value;
import skein.query.OpenTransactions;
import skein.query.QueryTarget;
import skein.query.QueryTargets;
import skein.query.StorageFigures;
import skein.session.Route;
import skein.storage.memory.MemoryPool;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** What queries on one database may ask about the instance. */
final class DatabaseFacts implements InstanceFacts {
    private final QueryTargets targets;
    private final QueryTarget target;
    private final HostPort bolt;
    private final MemoryPool memory;
    private final OpenTransactions transactions;
    private final List<Value.MapValue> settings;

    /** @param bolt where clients reach this instance */
    DatabaseFacts(
            QueryTargets targets,
            QueryTarget target,
            HostPort bolt,
            MemoryPool memory,
            OpenTransactions transactions,
            List<Value.MapValue> settings) {
        this.targets = targets;
        this.target = target;
        this.bolt = bolt;
        this.memory = memory;
        this.transactions = transactions;
        this.settings = settings;
    }

    @Override
    public String version() {
        String version = DatabaseFacts.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String databaseName() {
        return target.name().value();
    }

    @Override
    public String databaseId() {
        return target.id().toString();
    }

    @Override
    public ZonedDateTime databaseCreated() {
        return target.created().atZone(ZoneOffset.UTC);
    }

    @Override
    public String user() {
        return "";
    }

    @Override
    public List<Value.MapValue> databases() {
        return targets.all().stream().map(this::describe).toList();
    }

    private Value.MapValue describe(QueryTarget database) {
        boolean isDefault = database.name()
                .value()
                .equalsIgnoreCase(targets.defaultDatabase().value());
        Optional<SkeinException> damage = database.damage();
        boolean main = targets.system().route().here();
        boolean takesWrites = main && damage.isEmpty();
        Value name = Value.of(database.name().value());
        Map<String, Value> row = new LinkedHashMap<>();
        row.put("Name", name);
        row.put("State", Value.of("HOT"));
        row.put("Health", Value.of(damage.isEmpty() ? "HEALTHY" : "BROKEN"));
        row.put("name", name);
        row.put("type", Value.of("standard"));
        row.put("aliases", Value.of(List.of()));
        row.put("access", Value.of(takesWrites ? "read-write" : "read-only"));
        row.put("address", Value.of(bolt.toString()));
        row.put("role", Value.of(main ? "primary" : "secondary"));
        row.put("writer", Value.of(takesWrites));
        row.put("requestedStatus", Value.of("online"));
        row.put("currentStatus", Value.of(damage.isEmpty() ? "online" : "broken"));
        row.put(
                "statusMessage",
                Value.of(damage.map(reason -> String.valueOf(reason.getMessage()))
                        .orElse("")));
        row.put("default", Value.of(isDefault));
        row.put("home", Value.of(isDefault));
        row.put("constituents", Value.of(List.of()));
        return new Value.MapValue(row);
    }

    @Override
    public List<Value.MapValue> routing(String dialled, String database) {
        QueryTarget asked =
                targets.require(database.isEmpty() ? targets.defaultDatabase() : new DatabaseName(database));
        Route route = asked.damage().isPresent() ? targets.system().route() : asked.route();
        Value self = Value.of(dialled.isEmpty() ? bolt.toString() : dialled);
        HostPort main = route.main();
        Optional<Value> writer =
                route.here() ? Optional.of(self) : Optional.ofNullable(main).map(it -> Value.of(it.toString()));
        return List.of(
                servers("WRITE", writer.stream().toList()),
                servers("READ", List.of(self)),
                servers("ROUTE", List.of(self)));
    }

    private static Value.MapValue servers(String role, List<Value> addresses) {
        return new Value.MapValue(Map.of("role", Value.of(role), "addresses", Value.of(addresses)));
    }

    @Override
    public List<Value.MapValue> transactions() {
        return transactions.rows();
    }

    @Override
    public List<Value.MapValue> settings() {
        return settings;
    }

    @Override
    public Map<String, Value> storage() {
        StorageFigures figures = target.storage();
        Map<String, Value> rows = new LinkedHashMap<>();
        rows.put("database_uuid", Value.of(databaseId()));
        rows.put("storage_mode", Value.of("IN_MEMORY_TRANSACTIONAL"));
        rows.put("unreleased_delta_objects", Value.of(figures.keptVersions()));
        rows.put("disk_usage", bytes(figures.diskBytes()));
        rows.put("graph_memory_tracked", bytes(figures.graphBytes()));
        rows.put("memory_res", bytes(ProcessMemory.committedBytes()));
        rows.put("peak_memory_res", bytes(ProcessMemory.peakBytes()));
        rows.put("memory_tracked", bytes(memory.usedBytes()));
        rows.put("memory_limit", bytes(memory.limitBytes()));
        rows.put("global_storage_mode", Value.of("IN_MEMORY_TRANSACTIONAL"));
        return rows;
    }

    private static Value bytes(long bytes) {
        return Value.of(ProcessMemory.readable(bytes));
    }
}
