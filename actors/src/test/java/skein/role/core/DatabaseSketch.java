package skein.role.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.SkeinException;

/**
 * The databases around a role in a scenario. Identities are D1 (skein, the default), D2, ...; at most three databases
 * are allowed, and the time is 7 ms after 1970. {@code used NAME N} and {@code breaks NAME} say how a database fares.
 */
final class DatabaseSketch {
    private final Map<UUID, Integer> inUse = new HashMap<>();
    private final Set<UUID> broken = new HashSet<>();
    private Catalogue catalogue;
    private long databases = 1;
    private @Nullable CatalogueRecord written;

    DatabaseSketch(DatabaseIdentity first) {
        catalogue = Catalogue.empty().with(new CatalogueRecord.Created(first, 0));
    }

    /** True when the words say something about databases that is no input of the role. */
    boolean takes(List<String> words) {
        switch (words.getFirst()) {
            case "used" -> inUse.put(idOf(words.get(1)), Integer.parseInt(words.get(2)));
            case "breaks" -> broken.add(idOf(words.get(1)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private UUID idOf(String name) {
        return catalogue.find(new DatabaseName(name)).orElseThrow().id();
    }

    private static UUID id(long number) {
        return new UUID('D', number);
    }

    RoleInput change(long ticket, List<String> words) {
        DatabaseName name = new DatabaseName(words.get(1));
        DatabaseWish wish = switch (words.getFirst()) {
            case "create-database" ->
                new DatabaseWish.Create(name, words.contains("if-not-exists"), id(databases + 1), 7);
            case "drop-database" -> new DatabaseWish.Drop(name, words.contains("if-exists"), words.contains("force"));
            default -> new DatabaseWish.Rename(name, new DatabaseName(words.get(2)));
        };
        return new RoleInput.ChangeDatabases(
                ticket, wish, new DatabaseView(catalogue, new DatabaseName("skein"), 3, inUse, broken));
    }

    /** {@code catalogue-decided}, perhaps with a warning, or {@code catalogue-refused}. */
    RoleInput outcome(List<String> words) {
        if (words.getFirst().equals("catalogue-refused")) {
            return new RoleInput.CatalogueUnchanged(
                    new SkeinException(ErrorCode.COMMIT_UNKNOWN, "nobody knows what became of it"));
        }
        catalogue = catalogue.with(Invariant.present(written, "no record was written"));
        return new RoleInput.CatalogueChanged(
                words.contains("warning")
                        ? List.of(new Notification("SyncReplicaDown", "r1", "r1", Severity.WARNING))
                        : List.of());
    }

    /** The role has asked for this record to be written. */
    String write(CatalogueRecord record) {
        written = record;
        return switch (record) {
            case CatalogueRecord.Created(DatabaseIdentity database, long createdMillis) -> {
                databases++;
                yield "write created " + database.name() + " D" + database.id().getLeastSignificantBits() + " at "
                        + createdMillis;
            }
            case CatalogueRecord.Dropped(UUID id, boolean force) ->
                "write dropped D" + id.getLeastSignificantBits() + (force ? " force" : "");
            case CatalogueRecord.Replaced(UUID before, UUID id) ->
                "write replaced D" + before.getLeastSignificantBits() + " by D" + id.getLeastSignificantBits();
            case CatalogueRecord.Renamed(UUID id, DatabaseName to) ->
                "write renamed D" + id.getLeastSignificantBits() + " to " + to;
        };
    }
}
