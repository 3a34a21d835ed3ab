package skein.role.core;

import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.role.core.Catalogue.Entry;
import skein.role.core.CatalogueRecord.Created;
import skein.role.core.CatalogueRecord.Dropped;
import skein.role.core.CatalogueRecord.Renamed;
import skein.role.core.CatalogueRecord.Replaced;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.SkeinException;

/** Whether a {@link DatabaseWish} can be granted, and what the catalogue has to say then. */
final class DatabaseRules {
    private DatabaseRules() {}

    /** What becomes of a wish. */
    sealed interface Verdict {
        /** It is granted once this record is decided. */
        record Change(CatalogueRecord record) implements Verdict {}

        /** Nothing is to be done, and that is what was wished. */
        record AsItIs(List<Notification> notifications) implements Verdict {}

        record Refusal(SkeinException reason) implements Verdict {}
    }

    static Verdict judge(DatabaseWish wish, DatabaseView view) {
        return switch (wish) {
            case DatabaseWish.Create create -> judge(create, view);
            case DatabaseWish.Drop drop -> judge(drop, view);
            case DatabaseWish.Rename rename -> judge(rename, view);
            case DatabaseWish.Recover recover -> judge(recover, view);
        };
    }

    private static Verdict judge(DatabaseWish.Create wish, DatabaseView view) {
        Optional<SkeinException> unusable = DatabaseNames.refusal(wish.name(), view.defaultDatabase());
        if (unusable.isPresent()) {
            return new Verdict.Refusal(unusable.get());
        }
        Optional<Entry> present = view.catalogue().find(wish.name());
        if (present.isPresent()) {
            return wish.ifNotExists()
                    ? asItIs("Database " + present.get().name() + " exists already.")
                    : exists("SKEIN-DB-011: Database " + wish.name() + " was not created", present.get());
        }
        int count = view.catalogue().entries().size();
        if (count >= view.databasesMax()) {
            return refusal(
                    ErrorCode.DATABASE_LIMIT_REACHED,
                    "SKEIN-DB-012: Database " + wish.name() + " was not created: there are " + count
                            + " databases, and --databases-max is " + view.databasesMax()
                            + ". Drop one, or start this instance with a higher limit.");
        }
        return new Verdict.Change(new Created(new DatabaseIdentity(wish.name(), wish.freshId()), wish.nowMillis()));
    }

    private static Verdict judge(DatabaseWish.Drop wish, DatabaseView view) {
        Optional<SkeinException> kept = fixed(wish.name(), "dropped", view);
        if (kept.isPresent()) {
            return new Verdict.Refusal(kept.get());
        }
        Optional<Entry> found = view.catalogue().find(wish.name());
        if (found.isEmpty()) {
            return wish.ifExists()
                    ? asItIs("There is no database " + wish.name() + ".")
                    : missing(wish.name(), "dropped", view);
        }
        Entry entry = found.get();
        if (!wish.force() && view.broken().contains(entry.id())) {
            return refusal(
                    ErrorCode.DATABASE_IN_USE,
                    "SKEIN-DB-014: Database " + entry.name() + " was not dropped: it is broken, and what can still be"
                            + " saved of its files would be deleted. Save them, then write DROP DATABASE "
                            + entry.name() + " FORCE.");
        }
        int users = view.inUse().getOrDefault(entry.id(), 0);
        if (!wish.force() && users > 0) {
            return refusal(
                    ErrorCode.DATABASE_IN_USE,
                    "SKEIN-DB-015: Database " + entry.name() + " was not dropped: it is in use by " + users
                            + (users == 1 ? " session or transaction" : " sessions or transactions")
                            + ". End these, or write DROP DATABASE " + entry.name() + " FORCE to end them.");
        }
        return new Verdict.Change(new Dropped(entry.id(), wish.force()));
    }

    private static Verdict judge(DatabaseWish.Rename wish, DatabaseView view) {
        Optional<SkeinException> obstacle =
                fixed(wish.from(), "renamed", view).or(() -> DatabaseNames.refusal(wish.to(), view.defaultDatabase()));
        if (obstacle.isPresent()) {
            return new Verdict.Refusal(obstacle.get());
        }
        Optional<Entry> found = view.catalogue().find(wish.from());
        if (found.isEmpty()) {
            return missing(wish.from(), "renamed", view);
        }
        Optional<Entry> taken = view.catalogue().find(wish.to());
        if (taken.isPresent() && !taken.get().id().equals(found.get().id())) {
            return exists("SKEIN-DB-016: Database " + wish.from() + " was not renamed", taken.get());
        }
        if (found.get().name().equals(wish.to())) {
            return asItIs("Database " + wish.to() + " has that name already.");
        }
        return new Verdict.Change(new Renamed(found.get().id(), wish.to()));
    }

    private static Verdict judge(DatabaseWish.Recover wish, DatabaseView view) {
        return view.catalogue()
                .find(wish.name())
                .<Verdict>map(entry -> new Verdict.Change(new Replaced(entry.id(), wish.id())))
                .orElseGet(() -> missing(wish.name(), "recovered", view));
    }

    /** The system database and the default database are what clients find without knowing a name. */
    private static Optional<SkeinException> fixed(DatabaseName name, String done, DatabaseView view) {
        boolean isDefault = DatabaseNames.isAlias(name)
                || name.value().equalsIgnoreCase(view.defaultDatabase().value());
        if (!isDefault && !DatabaseNames.isSystem(name)) {
            return Optional.empty();
        }
        return Optional.of(new SkeinException(
                ErrorCode.INVALID_ARGUMENT,
                "SKEIN-DB-013: Database " + name + " was not " + done + ": it is "
                        + (isDefault
                                ? "the default database, which clients use that name none. Start with another"
                                        + " --default-database first."
                                : "the catalogue of databases. It stays as it is.")));
    }

    private static Verdict missing(DatabaseName name, String done, DatabaseView view) {
        List<String> names = view.catalogue().entries().stream()
                .map(entry -> entry.name().value())
                .toList();
        return refusal(
                ErrorCode.DATABASE_NOT_FOUND,
                "SKEIN-DB-017: Database " + name + " was not " + done + ": there is none of that name."
                        + NearestName.of(name.value(), names)
                                .map(nearest -> " Did you mean " + nearest + "?")
                                .orElse("")
                        + " SHOW DATABASES lists all.");
    }

    private static Verdict exists(String what, Entry present) {
        return refusal(
                ErrorCode.DATABASE_EXISTS,
                what + ": there is a database " + present.name() + " already, and names are compared ignoring case."
                        + " Choose another name.");
    }

    private static Verdict asItIs(String text) {
        return new Verdict.AsItIs(List.of(new Notification("DatabaseUnchanged", text, text, Severity.INFORMATION)));
    }

    private static Verdict refusal(ErrorCode code, String message) {
        return new Verdict.Refusal(new SkeinException(code, message));
    }
}
