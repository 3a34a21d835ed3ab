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

    /** One map per setting, with the columns of {@code dbms.listConfig()}. */
    List<MapValue> settings();

    /** Rows of {@code SHOW STORAGE INFO} that the graph itself does not know, for example {@code disk_usage}. */
    Map<String, Value> storage();
}
