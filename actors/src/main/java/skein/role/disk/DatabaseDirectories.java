package skein.role.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.role.core.Catalogue;
import skein.storage.wal.DirectoryTree;
import skein.storage.wal.Platform;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Where the databases of an instance lie: {@code system}, and for each user database a directory named by its identity.
 * A database that is dropped gets the suffix {@code .dropped} before its files are deleted one by one, so that a crash
 * in between leaves nothing that looks like a damaged database.
 */
public final class DatabaseDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDirectories.class);
    private static final String DROPPED = ".dropped";
    private static final String REPLACED = ".replaced";
    private static final String DAMAGED = ".damaged";
    private static final String UNFINISHED = ".unfinished";
    private static final Pattern IDENTITY =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Path directory;
    private final Platform platform;
    private final DirectoryTree tree;

    /** @param platform where the directory is */
    public DatabaseDirectories(Path directory, Platform platform) {
        this.directory = directory;
        this.platform = platform;
        this.tree = platform.tree();
    }

    public Path system() {
        return directory.resolve("system");
    }

    /** Makes room for another system database; the one before is kept, one generation of it. */
    public void putSystemAside() {
        putAside(system(), directory.resolve("system" + REPLACED));
    }

    /** Deletes what is left of a system database that could not be made. */
    public void clearSystem() {
        tree.delete(system());
    }

    /** Makes room for another copy of a database; the damaged one is kept, one generation of it. */
    public void putDamagedAside(UUID database) {
        putAside(of(database), directory.resolve(database + DAMAGED));
    }

    private void putAside(Path from, Path aside) {
        try {
            tree.delete(aside);
            if (tree.exists(from)) {
                tree.move(from, aside);
                platform.disk(directory).forceDirectory();
            }
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The database in " + from + " could not be put aside: " + e
                            + ". Nothing was changed. Check the disk and its permissions.",
                    e);
        }
    }

    public Path of(UUID database) {
        return directory.resolve(database.toString());
    }

    public boolean has(UUID database) {
        return tree.exists(of(database));
    }

    /**
     * Where a database is made that is not part of the catalogue yet; deleted at the next start if it is never
     * finished.
     */
    public Path unfinished(UUID database) {
        return directory.resolve(database + UNFINISHED);
    }

    /** Gives an unfinished database, which is closed, its place, durably. */
    public void finish(UUID database) {
        try {
            tree.move(unfinished(database), of(database));
            platform.disk(directory).forceDirectory();
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The directory " + unfinished(database) + " could not be given its name: " + e
                            + ". Nothing was changed. Check the disk and its permissions.",
                    e);
        }
    }

    /** Deletes what is left of a database that was not finished. */
    public void abandon(UUID database) {
        tree.delete(unfinished(database));
        tree.delete(of(database));
    }

    /** Deletes a closed database. */
    public void delete(UUID database) {
        Path doomed = directory.resolve(database + DROPPED);
        try {
            tree.delete(doomed);
            if (has(database)) {
                tree.move(of(database), doomed);
            }
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The directory " + of(database) + " of a dropped database could not be moved aside: " + e
                            + ". It is deleted at the next start.",
                    e);
        }
        tree.delete(doomed);
    }

    /**
     * Finishes what a crash left undone: what was dropped is deleted. A directory that the catalogue has never heard of
     * stays and is told of: it may hold what a MAIN has confirmed and this instance is about to hear of again.
     */
    public void sweep(Catalogue catalogue) {
        for (String name : tree.names(directory)) {
            if (name.endsWith(DROPPED) || name.endsWith(UNFINISHED)) {
                tree.delete(directory.resolve(name));
            } else {
                identity(name)
                        .filter(id -> catalogue.find(id).isEmpty())
                        .ifPresent(id -> sweep(id, catalogue.dropped().contains(id)));
            }
        }
    }

    private void sweep(UUID id, boolean dropped) {
        if (dropped) {
            LOG.info("database {} was dropped; its files are deleted now", id);
            delete(id);
        } else {
            LOG.warn(
                    "{} holds a database that the catalogue does not know; it is kept, but not served. Delete it when it"
                            + " is of no more use",
                    of(id));
        }
    }

    private static Optional<UUID> identity(String name) {
        return IDENTITY.matcher(name).matches() ? Optional.of(UUID.fromString(name)) : Optional.empty();
    }
}
