package skein.query;

import java.util.List;
import java.util.Optional;
import skein.vocabulary.DatabaseName;

/** The databases of this instance. Thread-safe. */
public interface QueryTargets {
    DatabaseName defaultDatabase();

    /** The database of this name or alias; empty when there is none. */
    Optional<QueryTarget> find(DatabaseName name);

    List<QueryTarget> all();
}
