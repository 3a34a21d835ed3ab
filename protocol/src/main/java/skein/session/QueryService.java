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

    /** The database used when a client names none. */
    DatabaseName defaultDatabase();
}
