package skein.role.core;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import skein.vocabulary.DatabaseName;

/**
 * What is known of the databases when a {@link DatabaseWish} comes.
 *
 * @param defaultDatabase may be neither dropped nor renamed
 * @param databasesMax how many user databases there may be
 * @param inUse how many sessions and transactions use it; databases that nobody uses are left out
 * @param broken databases that cannot be served
 */
public record DatabaseView(
        Catalogue catalogue,
        DatabaseName defaultDatabase,
        int databasesMax,
        Map<UUID, Integer> inUse,
        Set<UUID> broken) {
    public DatabaseView {
        inUse = Map.copyOf(inUse);
        broken = Set.copyOf(broken);
    }
}
