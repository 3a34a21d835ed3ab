package skein.role.core;

import java.util.UUID;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.vocabulary.DatabaseName;

/** One step in the life of a database, as the system database says it; the same on every node. */
public sealed interface CatalogueRecord {
    /** The database it is about. */
    UUID id();

    /** @param createdMillis when the MAIN created it, in milliseconds since 1970 UTC; for people only */
    record Created(DatabaseIdentity database, long createdMillis) implements CatalogueRecord {
        @Override
        public UUID id() {
            return database.id();
        }
    }

    /** @param force whether transactions that are open on it are ended, rather than left to end */
    record Dropped(UUID id, boolean force) implements CatalogueRecord {}

    /**
     * What was called the same is another database from here on, which the MAIN made of a snapshot.
     *
     * @param before the database that had the name; its files stay where they are
     */
    record Replaced(UUID before, UUID id) implements CatalogueRecord {}

    /** The identity, the data and what was said of it before stay. */
    record Renamed(UUID id, DatabaseName to) implements CatalogueRecord {}
}
