package skein.role.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Invariant;

/**
 * Which user databases there are: what follows from the decided SYSTEM records, in order.
 *
 * @param entries in the order of creation; no two have the same identity, or names that differ only in case
 * @param dropped identities that will never be used again
 */
public record Catalogue(List<Entry> entries, Set<UUID> dropped) {
    /** One database. */
    public record Entry(DatabaseIdentity database, long createdMillis) {
        public DatabaseName name() {
            return database.name();
        }

        public UUID id() {
            return database.id();
        }

        private Entry being(UUID other) {
            return new Entry(new DatabaseIdentity(name(), other), createdMillis);
        }

        private Entry named(DatabaseName name) {
            return new Entry(new DatabaseIdentity(name, id()), createdMillis);
        }
    }

    public Catalogue {
        entries = List.copyOf(entries);
        dropped = Set.copyOf(dropped);
    }

    public static Catalogue empty() {
        return new Catalogue(List.of(), Set.of());
    }

    public Optional<Entry> find(DatabaseName name) {
        return entries.stream()
                .filter(entry -> entry.name().value().equalsIgnoreCase(name.value()))
                .findFirst();
    }

    public Optional<Entry> find(UUID id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /** The catalogue once this record is decided. Records were checked before they were written: each one fits. */
    public Catalogue with(CatalogueRecord record) {
        return switch (record) {
            case CatalogueRecord.Created created -> created(created);
            case CatalogueRecord.Dropped(UUID id, boolean ignored) -> dropped(id);
            case CatalogueRecord.Renamed(UUID id, DatabaseName to) -> renamed(id, to);
            case CatalogueRecord.Replaced(UUID before, UUID id) -> replaced(before, id);
        };
    }

    private Catalogue created(CatalogueRecord.Created created) {
        DatabaseIdentity database = created.database();
        Invariant.check(
                find(database.name()).isEmpty() && find(database.id()).isEmpty() && !dropped.contains(database.id()),
                "%s is created although %s has it",
                database,
                this);
        List<Entry> next = new ArrayList<>(entries);
        next.add(new Entry(database, created.createdMillis()));
        return new Catalogue(next, dropped);
    }

    private Catalogue dropped(UUID id) {
        Invariant.check(find(id).isPresent(), "%s is dropped, which %s has not", id, this);
        Set<UUID> gone = new HashSet<>(dropped);
        gone.add(id);
        return new Catalogue(
                entries.stream().filter(entry -> !entry.id().equals(id)).toList(), gone);
    }

    private Catalogue replaced(UUID before, UUID id) {
        Invariant.check(
                find(before).isPresent() && find(id).isEmpty() && !dropped.contains(id),
                "%s takes the place of %s in %s",
                id,
                before,
                this);
        return new Catalogue(
                entries.stream()
                        .map(entry -> entry.id().equals(before) ? entry.being(id) : entry)
                        .toList(),
                dropped);
    }

    private Catalogue renamed(UUID id, DatabaseName to) {
        Invariant.check(find(id).isPresent(), "%s is renamed, which %s has not", id, this);
        return new Catalogue(
                entries.stream()
                        .map(entry -> entry.id().equals(id) ? entry.named(to) : entry)
                        .toList(),
                dropped);
    }
}
