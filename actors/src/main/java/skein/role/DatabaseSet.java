package skein.role;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.InstanceRoleProtocol.Reply;
import skein.query.QueryTarget;
import skein.query.QueryTargets;
import skein.replication.DatabaseCell;
import skein.replication.ServedDatabase;
import skein.replication.TailShare;
import skein.role.core.Catalogue;
import skein.role.core.CatalogueRecord;
import skein.role.core.DatabaseNames;
import skein.role.core.DatabaseView;
import skein.role.core.Members;
import skein.role.core.SystemRecord;
import skein.role.disk.DatabaseDirectories;
import skein.setting.SettingDirectory;
import skein.setting.core.SettingRecord;
import skein.user.UserDirectory;
import skein.user.core.UserRecord;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The databases of an instance: the system database, whose records are the catalogue, and those it names, each of which
 * is served or broken. Changed by the role's actor alone; sessions read the published maps.
 */
public final class DatabaseSet implements QueryTargets {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSet.class);

    private final DatabaseSetSettings settings;
    private final DatabaseDirectories directories;
    private final Consumer<SkeinException> fatal;
    private final List<SystemRecord> found = new ArrayList<>();
    private volatile @Nullable Consumer<SystemRecord> recordListener;
    private volatile @Nullable BiConsumer<UUID, SkeinException> failureListener;
    private volatile @Nullable SnapshotReplacement replacement;
    private volatile Catalogue catalogue = Catalogue.empty();
    private volatile Members members = Members.none();
    private volatile Map<UUID, ServedDatabase> served = Map.of();
    private volatile Map<UUID, BrokenDatabase> broken = Map.of();
    private volatile ServedDatabase system;

    /** It was put aside, and the one that is to take its place could not be made yet. */
    private boolean isSystemAside;

    /**
     * Opens the system database, which must be whole, and all that its decided records name; one that cannot be opened
     * is broken, and the rest goes on.
     *
     * @param fatal hears that the instance cannot go on: the system database's log has failed, or any log has and
     *     databases are not to be isolated
     */
    public DatabaseSet(DatabaseSetSettings settings, Consumer<SkeinException> fatal) {
        this.settings = settings;
        this.directories = new DatabaseDirectories(settings.directory(), settings.platform());
        this.fatal = fatal;
        this.system = openSystem(UUID.randomUUID());
        List.copyOf(found).forEach(this::record);
        directories.sweep(catalogue);
        this.system.cell().database().rememberDecided();
        for (Catalogue.Entry entry : catalogue.entries()) {
            if (!directories.has(entry.id())) {
                LOG.warn("database {} has no directory {} and starts empty", entry.name(), directories.of(entry.id()));
            }
            openIfWhole(entry);
        }
    }

    private ServedDatabase openSystem(UUID idForCreation) {
        DatabaseCell cell = DatabaseCell.open(
                DatabaseNames.SYSTEM,
                directories.system(),
                settings.optionsOf(idForCreation),
                payload -> decided(CatalogueCodec.decode(payload)),
                fatal);
        return new ServedDatabase(cell, Instant.EPOCH);
    }

    /** On the thread that opens or decides. */
    private void decided(SystemRecord record) {
        Consumer<SystemRecord> listener = recordListener;
        if (listener == null) {
            found.add(record);
        } else {
            listener.accept(record);
        }
    }

    /** From now on decided records of the system database go there, and failures of databases that are isolated. */
    void onChange(Consumer<SystemRecord> records, BiConsumer<UUID, SkeinException> failures) {
        failureListener = failures;
        recordListener = records;
    }

    /** From now on snapshots can be recovered; the role is asked by name and the identity that is to have it. */
    void onRecovery(BiFunction<DatabaseName, UUID, CompletionStage<Reply>> role) {
        replacement = new SnapshotReplacement(directories, settings::optionsOf, role);
    }

    @Override
    public void recoverSnapshot(QueryTarget target, Path snapshot, boolean force) {
        SnapshotReplacement ready = replacement;
        if (ready == null) {
            throw new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "This instance is starting. Nothing was done. Try again in a moment.");
        }
        ready.run(target, system, snapshot, force);
    }

    /** Catalogue, users, settings or members go on with a decided record. */
    void record(SystemRecord record) {
        switch (record) {
            case SystemRecord.OfDatabases(CatalogueRecord ofDatabases) -> record(ofDatabases);
            case SystemRecord.OfUsers(UserRecord ofUsers) -> settings.users().record(ofUsers);
            case SystemRecord.OfSettings(SettingRecord ofSettings) ->
                settings.shared().record(ofSettings);
            case SystemRecord.OfMembers(Members said) -> members = said;
        }
    }

    private void record(CatalogueRecord record) {
        catalogue = catalogue.with(record);
        if (record instanceof CatalogueRecord.Renamed(UUID id, DatabaseName to)) {
            ServedDatabase renamed = served.get(id);
            if (renamed != null) {
                renamed.rename(to);
            }
            BrokenDatabase brokenOne = broken.get(id);
            if (brokenOne != null) {
                broken = with(broken, id, brokenOne.renamed(to));
            }
        }
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Who holds copies, as the system database says. */
    Members members() {
        return members;
    }

    /** As above, then by the records that are not applied, in order. */
    List<Members> memberships() {
        List<Members> all = new ArrayList<>(List.of(members));
        for (byte[] payload : TailShare.undecidedSystemRecords(system.cell())) {
            if (CatalogueCodec.decode(payload) instanceof SystemRecord.OfMembers(Members said)) {
                all.add(said);
            }
        }
        return all;
    }

    /**
     * Opens a database that a record decided now has named, made if missing; empty when it cannot be opened and is
     * broken. That record's decision is durable first: after a loss of power an instance that did not know of it would
     * tell nobody what its log of that database holds, and a promotion would go on without it.
     */
    Optional<ServedDatabase> open(Catalogue.Entry entry) {
        try {
            system.cell().database().rememberDecided();
        } catch (SkeinException e) {
            isBroken(entry, e);
            return Optional.empty();
        }
        return openIfWhole(entry);
    }

    private Optional<ServedDatabase> openIfWhole(Catalogue.Entry entry) {
        try {
            ServedDatabase opened = openWhole(entry);
            served = with(served, entry.id(), opened);
            broken = without(broken, entry.id());
            return Optional.of(opened);
        } catch (RuntimeException e) {
            isBroken(entry, e);
            return Optional.empty();
        }
    }

    private ServedDatabase openWhole(Catalogue.Entry entry) {
        UUID id = entry.id();
        DatabaseCell cell = DatabaseCell.open(
                entry.name(), directories.of(id), settings.optionsOf(id), payload -> {}, reason -> failed(id, reason));
        if (!cell.id().equals(id)) {
            cell.close();
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The directory " + directories.of(id) + " holds database " + cell.id() + ".");
        }
        cell.keepSnapshots(settings.snapshots());
        return new ServedDatabase(cell, Instant.ofEpochMilli(entry.createdMillis()));
    }

    /** On any thread. */
    private void failed(UUID id, SkeinException reason) {
        BiConsumer<UUID, SkeinException> listener = failureListener;
        if (listener == null || !settings.isolateFailures()) {
            fatal.accept(reason);
        } else {
            listener.accept(id, reason);
        }
    }

    /** From now on this database is shown as broken; the caller ends whatever uses it. */
    void isBroken(Catalogue.Entry entry, RuntimeException cause) {
        BrokenDatabase damaged = BrokenDatabase.because(
                entry.database(), Instant.ofEpochMilli(entry.createdMillis()), directories.of(entry.id()), cause);
        LOG.error("{}", damaged.reason().getMessage(), cause);
        broken = with(broken, entry.id(), damaged);
        served = without(served, entry.id());
    }

    /** Makes room for what a MAIN sends in place of databases that are broken here; answers which. */
    List<Catalogue.Entry> putDamagedAside() {
        List<Catalogue.Entry> damaged = broken.keySet().stream()
                .flatMap(id -> catalogue.find(id).stream())
                .sorted(Comparator.comparing(Catalogue.Entry::id))
                .toList();
        return damaged.stream().filter(this::isPutAside).toList();
    }

    private boolean isPutAside(Catalogue.Entry entry) {
        try {
            directories.putDamagedAside(entry.id());
            broken = without(broken, entry.id());
            return true;
        } catch (SkeinException e) {
            LOG.warn("database {} stays broken: {}", entry.name(), e.getMessage());
            return false;
        }
    }

    /** Takes a database out of service, before it is closed. */
    void remove(UUID id) {
        served = without(served, id);
        broken = without(broken, id);
    }

    /** Closes a database that nobody uses any more. Its files stay, unless nothing was ever written to it. */
    void putAway(ServedDatabase database) {
        boolean isEmpty = database.cell().database().settledLsn() == 0;
        UUID id = database.id();
        database.cell().close();
        if (isEmpty && database != system) {
            directories.delete(id);
        }
    }

    /** Deletes the files of a closed database. What cannot be deleted now is deleted at the next start. */
    void delete(UUID id) {
        try {
            directories.delete(id);
        } catch (SkeinException e) {
            LOG.warn("the files of dropped database {} are still there: {}", id, e.getMessage());
        }
    }

    /**
     * Replaces the closed system database by an empty one of this identity; there are no user databases then. When it
     * fails, it can be called again: what was put aside before stays.
     */
    ServedDatabase adoptSystem(UUID id) {
        if (isSystemAside) {
            directories.clearSystem();
        } else {
            directories.putSystemAside();
            isSystemAside = true;
        }
        catalogue = Catalogue.empty();
        members = Members.none();
        settings.users().adopted();
        settings.shared().adopted();
        broken = Map.of();
        system = openSystem(id);
        isSystemAside = false;
        return system;
    }

    ServedDatabase systemDatabase() {
        return system;
    }

    /** User databases that are served. */
    Collection<ServedDatabase> users() {
        return served.values();
    }

    Optional<ServedDatabase> served(UUID id) {
        return Optional.ofNullable(served.get(id));
    }

    boolean isBroken(UUID id) {
        return broken.containsKey(id);
    }

    /** All that are served, the system database first. */
    List<ServedDatabase> everything() {
        List<ServedDatabase> everything = new ArrayList<>();
        everything.add(system);
        everything.addAll(served.values());
        return everything;
    }

    /** Monotonic. */
    long nanos() {
        return settings.platform().nanoTime();
    }

    /** For people. */
    Instant now() {
        return settings.platform().now();
    }

    /** Those that the system database names. */
    UserDirectory accounts() {
        return settings.users();
    }

    /** What all instances share. */
    SettingDirectory shared() {
        return settings.shared();
    }

    /** What a wish is judged by. */
    DatabaseView view() {
        Map<UUID, Integer> inUse = new HashMap<>();
        served.values().forEach(database -> inUse.put(database.id(), database.users()));
        inUse.values().removeIf(users -> users == 0);
        return new DatabaseView(catalogue, settings.defaultDatabase(), settings.databasesMax(), inUse, broken.keySet());
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
        return settings.defaultDatabase();
    }

    @Override
    public Optional<QueryTarget> find(DatabaseName name) {
        if (DatabaseNames.isSystem(name)) {
            return Optional.of(system());
        }
        DatabaseName wanted = DatabaseNames.isAlias(name) ? defaultDatabase() : name;
        return catalogue.find(wanted).flatMap(entry -> find(entry.id()));
    }

    @Override
    public Optional<QueryTarget> find(UUID id) {
        ServedDatabase whole = served.get(id);
        if (whole != null) {
            return Optional.of(whole);
        }
        return Optional.ofNullable(broken.get(id));
    }

    /** The user database of this name, if it is served. */
    public Optional<ServedDatabase> served(DatabaseName name) {
        return catalogue.find(name).flatMap(entry -> served(entry.id()));
    }

    @Override
    public QueryTarget system() {
        return new SystemTarget(system);
    }

    @Override
    public List<QueryTarget> all() {
        return catalogue.entries().stream()
                .flatMap(entry -> Stream.ofNullable(find(entry.id()).orElse(null)))
                .toList();
    }

    /** Closes every database; nothing uses them any more. */
    public void close() {
        everything().forEach(database -> {
            database.cell().snapshotOnExit();
            database.cell().close();
        });
    }

    private static <T> Map<UUID, T> with(Map<UUID, T> map, UUID id, T value) {
        Map<UUID, T> next = new LinkedHashMap<>(map);
        next.put(id, value);
        return next;
    }

    private static <T> Map<UUID, T> without(Map<UUID, T> map, UUID id) {
        Map<UUID, T> next = new LinkedHashMap<>(map);
        next.remove(id);
        return next;
    }
}
