package skein.role;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.query.QueryTarget;
import skein.query.QueryTargets;
import skein.replication.DatabaseCell;
import skein.replication.ServedDatabase;
import skein.storage.DatabaseOptions;
import skein.storage.wal.LogDirectory;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.SkeinException;

/**
 * The open databases of an instance: the system database, whose records are the catalogue, and those it names. Changed
 * by the role's actor alone; sessions read the published map.
 */
public final class DatabaseSet implements QueryTargets {
    private static final DatabaseName SYSTEM = new DatabaseName("system");
    private static final List<String> ALIASES = List.of("neo4j", "memgraph");

    private final Path directory;
    private final DatabaseName defaultDatabase;
    private final Function<UUID, DatabaseOptions> options;
    private final Consumer<SkeinException> fatal;
    private final List<CatalogueRecord> found = new ArrayList<>();
    private volatile @Nullable Consumer<CatalogueRecord> catalogue;
    private volatile Map<DatabaseName, ServedDatabase> user = Map.of();
    private ServedDatabase system;

    /**
     * Opens the system database and all that its decided records name.
     *
     * @param fatal hears that a log has failed
     */
    public DatabaseSet(
            Path directory,
            DatabaseName defaultDatabase,
            Function<UUID, DatabaseOptions> options,
            Consumer<SkeinException> fatal) {
        this.directory = directory;
        this.defaultDatabase = defaultDatabase;
        this.options = options;
        this.fatal = fatal;
        this.system = openSystem(UUID.randomUUID());
        List.copyOf(found).forEach(record -> open(record.created()));
    }

    private ServedDatabase openSystem(UUID idForCreation) {
        return new ServedDatabase(DatabaseCell.open(
                SYSTEM,
                directory.resolve("system"),
                options.apply(idForCreation),
                payload -> decided(CatalogueRecord.of(payload)),
                fatal));
    }

    /** On the thread that opens or decides. */
    private void decided(CatalogueRecord record) {
        Consumer<CatalogueRecord> listener = catalogue;
        if (listener == null) {
            found.add(record);
        } else {
            listener.accept(record);
        }
    }

    /** From now on decided catalogue records go there. */
    void onCatalogue(Consumer<CatalogueRecord> listener) {
        catalogue = listener;
    }

    /** Opens a database, made if missing; one of the same name and another identity is closed and put away. */
    ServedDatabase open(DatabaseIdentity identity) {
        ServedDatabase present = user.get(identity.name());
        if (present != null && present.id().equals(identity.id())) {
            return present;
        }
        ServedDatabase opened = new ServedDatabase(DatabaseCell.open(
                identity.name(),
                directory.resolve(identity.id().toString()),
                options.apply(identity.id()),
                payload -> {},
                fatal));
        Map<DatabaseName, ServedDatabase> next = new LinkedHashMap<>(user);
        next.put(identity.name(), opened);
        user = next;
        return opened;
    }

    /** Takes a database out of service, before it is closed. */
    void remove(DatabaseName name) {
        Map<DatabaseName, ServedDatabase> next = new LinkedHashMap<>(user);
        next.remove(name);
        user = next;
    }

    /** Replaces the closed system database by an empty one of this identity. */
    ServedDatabase adoptSystem(UUID id) {
        LogDirectory.delete(directory.resolve("system"));
        system = openSystem(id);
        return system;
    }

    ServedDatabase system() {
        return system;
    }

    /** User databases. */
    Collection<ServedDatabase> users() {
        return user.values();
    }

    /** All, the system database first. */
    List<ServedDatabase> everything() {
        List<ServedDatabase> everything = new ArrayList<>();
        everything.add(system);
        everything.addAll(user.values());
        return everything;
    }

    /** Highest epoch number of any record. */
    long epochInLogs() {
        return everything().stream()
                .mapToLong(database -> database.cell().epochInLog())
                .max()
                .orElse(0);
    }

    @Override
    public DatabaseName defaultDatabase() {
        return defaultDatabase;
    }

    @Override
    public Optional<QueryTarget> find(DatabaseName name) {
        String wanted =
                ALIASES.contains(name.value().toLowerCase(Locale.ROOT)) ? defaultDatabase.value() : name.value();
        return user.values().stream()
                .filter(database -> database.name().value().equalsIgnoreCase(wanted))
                .<QueryTarget>map(database -> database)
                .findFirst();
    }

    @Override
    public List<QueryTarget> all() {
        return List.copyOf(user.values());
    }

    /** Closes every database; nothing uses them any more. */
    public void close() {
        everything().forEach(database -> database.cell().close());
    }
}
