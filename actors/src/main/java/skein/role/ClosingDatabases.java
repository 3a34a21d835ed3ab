package skein.role;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.replication.ServedDatabase;
import skein.vocabulary.SkeinException;

/** Databases whose actors are ending, and what becomes of them then. Confined to the role's actor. */
final class ClosingDatabases {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingDatabases.class);

    /** What is done with a database once nobody uses it. */
    enum Fate {
        /** The files stay. */
        CLOSE,
        /** The files stay unless nothing was ever written. */
        PUT_AWAY,
        /** It was dropped. */
        DELETE
    }

    private record Closing(ServedDatabase database, Fate fate) {}

    private final DatabaseSet databases;
    private final Map<UUID, Closing> closing = new HashMap<>();
    private final Set<UUID> reopening = new HashSet<>();

    ClosingDatabases(DatabaseSet databases) {
        this.databases = databases;
    }

    void add(ServedDatabase database, Fate fate) {
        closing.put(database.id(), new Closing(database, fate));
    }

    /** False when it is not closing, so that it can be opened now. */
    boolean reopenLater(UUID id) {
        boolean isClosing = closing.containsKey(id);
        if (isClosing) {
            reopening.add(id);
        }
        return isClosing;
    }

    /** True, once, when it is closed now and was asked for meanwhile. */
    boolean isToBeReopened(UUID id) {
        return reopening.remove(id);
    }

    /** False when it is not closing: its files can be deleted now. */
    boolean deleteWhenClosed(UUID id) {
        Closing found = closing.get(id);
        if (found == null) {
            return false;
        }
        reopening.remove(id);
        closing.put(id, new Closing(found.database(), Fate.DELETE));
        return true;
    }

    /** Its actor has ended. False when nobody wanted that. */
    boolean closed(UUID id) {
        Closing found = closing.remove(id);
        if (found == null) {
            return false;
        }
        try {
            switch (found.fate()) {
                case CLOSE -> found.database().cell().close();
                case PUT_AWAY -> databases.putAway(found.database());
                case DELETE -> {
                    found.database().cell().close();
                    databases.delete(id);
                }
            }
        } catch (SkeinException e) {
            LOG.warn("database {} could not be closed in order: {}", id, e.getMessage());
        }
        return true;
    }
}
