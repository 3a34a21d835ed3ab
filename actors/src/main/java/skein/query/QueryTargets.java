package skein.query;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** The databases of this instance. Thread-safe. */
public interface QueryTargets {
    DatabaseName defaultDatabase();

    /** The database of this name or alias, the system database included; empty when there is none. */
    Optional<QueryTarget> find(DatabaseName name);

    /** The user database of this identity, whatever it is called; empty when there is none, or not any more. */
    Optional<QueryTarget> find(UUID id);

    /** The system database: an empty graph that nobody can write, never broken. */
    QueryTarget system();

    /** User databases in the order of their creation. */
    List<QueryTarget> all();

    /** The database of this name; DATABASE_NOT_FOUND in words, DATABASE_UNAVAILABLE for a default yet to come. */
    default QueryTarget require(DatabaseName name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private SkeinException missing(DatabaseName name) {
        if (name.equals(defaultDatabase())) {
            return new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The default database '" + name + "' is not here yet: this instance takes over the databases of its"
                            + " MAIN, which may call its default database something else. Nothing was done. Try again in"
                            + " a moment, or name a database that SHOW DATABASES lists.");
        }
        List<String> names = all().stream().map(target -> target.name().value()).toList();
        return new SkeinException(
                ErrorCode.DATABASE_NOT_FOUND,
                "There is no database '" + name + "' on this instance."
                        + NearestName.of(name.value(), names)
                                .map(nearest -> " Did you mean " + nearest + "?")
                                .orElse("")
                        + " It has: " + names + ". CREATE DATABASE " + name + " makes it.");
    }

    /**
     * Replaces the content of a database by that of a snapshot; returns when the new content is served. Refused on a
     * REPLICA (NOT_MAIN), with registered replicas (REPLICATION_REFUSED), when the database is not empty and force is
     * not given (INVALID_ARGUMENT), and when the snapshot is damaged (STORAGE_FAILURE).
     */
    void recoverSnapshot(QueryTarget target, Path snapshot, boolean force);
}
