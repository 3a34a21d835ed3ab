package skein.cypher.procedure;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.MapValue;

/** What queries can ask about the process and the databases around the graph they run on. */
public interface InstanceFacts {
    /** Version of the product, for example {@code 0.1.0}. */
    String version();

    String databaseName();

    /** The database's id as text. */
    String databaseId();

    ZonedDateTime databaseCreated();

    /** Name of the user who asks; empty when nobody has to log in. */
    String user();

    /** One map per database, with the keys that {@code SHOW DATABASES} has as columns. */
    List<MapValue> databases();

    /** One map per running transaction, with the keys that {@code SHOW TRANSACTIONS} has as columns. */
    List<MapValue> transactions();

    /**
     * Which servers do what for a database: one map per role, with {@code role} and {@code addresses}.
     * DATABASE_NOT_FOUND when there is no such database.
     *
     * @param dialled the address that the client knows this instance by; empty when it does not say
     * @param database its name; empty for the default database
     */
    List<MapValue> routing(String dialled, String database);

    /** One map per setting, with the columns of {@code dbms.listConfig()}. */
    List<MapValue> settings();

    /** Rows of {@code SHOW STORAGE INFO} that the graph itself does not know, for example {@code disk_usage}. */
    Map<String, Value> storage();
}
