package skein.query;

import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.cypher.procedure.InstanceFacts;
import skein.graph.Value;
import skein.graph.Value.MapValue;

/**
 * The facts of an instance, and what one session adds to them.
 *
 * @param user who asks; empty when nobody had to log in
 */
record SessionFacts(InstanceFacts instance, SessionIsolation isolation, String user) implements InstanceFacts {
    @Override
    public String version() {
        return instance.version();
    }

    @Override
    public String databaseName() {
        return instance.databaseName();
    }

    @Override
    public String databaseId() {
        return instance.databaseId();
    }

    @Override
    public ZonedDateTime databaseCreated() {
        return instance.databaseCreated();
    }

    @Override
    public List<MapValue> databases() {
        return instance.databases();
    }

    @Override
    public List<MapValue> transactions() {
        return instance.transactions();
    }

    @Override
    public List<MapValue> routing(String dialled, String database) {
        return instance.routing(dialled, database);
    }

    @Override
    public List<MapValue> settings() {
        return instance.settings();
    }

    @Override
    public Map<String, Value> storage() {
        Map<String, Value> rows = new LinkedHashMap<>(instance.storage());
        rows.putAll(isolation.rows());
        return rows;
    }
}
