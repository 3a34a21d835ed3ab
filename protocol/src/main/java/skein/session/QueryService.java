package skein.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;

/** Opens sessions; one per instance. Thread-safe. */
public interface QueryService {
    /** Opens a session for one client. */
    QuerySession open(Client client);

    /** Opens a session for code of this process, which is trusted. */
    default QuerySession open(String connection) {
        return open(Client.inProcess(connection));
    }

    /** Where the writers of a database go. Answers at once; DATABASE_NOT_FOUND when this instance does not have it. */
    Route route(DatabaseName database);

    /**
     * The routing table of the cluster that this instance belongs to; empty for an instance without coordinators, which
     * knows only {@link #route}. May wait for the coordinators, for bounded time; DATABASE_UNAVAILABLE when none of
     * them can tell.
     */
    default Optional<ClusterTable> clusterTable(DatabaseName database) {
        return Optional.empty();
    }

    /** The state of the system database that readers see; null while there is none. */
    default @Nullable Bookmark systemState() {
        return null;
    }

    /** The database used when a client names none. */
    DatabaseName defaultDatabase();
}
