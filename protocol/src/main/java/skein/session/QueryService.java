package skein.session;

import skein.vocabulary.DatabaseName;

/** Opens sessions; one per instance. Thread-safe. */
public interface QueryService {
    /**
     * Opens a session for one client connection.
     *
     * @param connection how {@code SHOW TRANSACTIONS} and log lines name the client, for example {@code bolt-17}
     */
    QuerySession open(String connection);

    /** Where the writers of a database go. Answers at once; DATABASE_NOT_FOUND when this instance does not have it. */
    Route route(DatabaseName database);

    /** The database used when a client names none. */
    DatabaseName defaultDatabase();
}
