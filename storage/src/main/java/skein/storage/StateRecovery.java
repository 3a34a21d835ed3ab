package skein.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import skein.storage.snapshot.SnapshotContent;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * Brings a database back: the newest snapshot that is whole, then the log from its record on. A damaged snapshot is put
 * aside when an older state and the log yield the same; when they cannot, the database is not opened.
 */
final class StateRecovery {
    private final WriteAheadLog log;
    private final SnapshotDirectory snapshots;
    private final LogListener listener;
    private final Supplier<Database> empty;
    private final Map<SnapshotFile, SkeinException> damaged = new LinkedHashMap<>();

    /** @param empty databases over this log and these snapshots, with nothing in them yet */
    StateRecovery(WriteAheadLog log, SnapshotDirectory snapshots, LogListener listener, Supplier<Database> empty) {
        this.log = log;
        this.snapshots = snapshots;
        this.listener = listener;
        this.empty = empty;
    }

    Database run() {
        Database database = base();
        damaged.forEach((file, reason) ->
                listener.snapshotDamaged(reason.getMessage() + " It is now " + snapshots.putAside(file) + "."));
        database.replayLog();
        return database;
    }

    private Database base() {
        for (SnapshotFile file : snapshots.list()) {
            requireReached(file.lsn());
            Database database = empty.get();
            SnapshotDirectory.Reading reading = database.readSnapshot(file);
            switch (reading) {
                case SnapshotDirectory.Reading.Whole(SnapshotContent content) -> {
                    requireSameHistory(file, content);
                    return database;
                }
                case SnapshotDirectory.Reading.Damaged(SkeinException reason) -> damaged.put(file, reason);
            }
        }
        requireReached(0);
        return empty.get();
    }

    /** The log must hold what follows the state to begin with. */
    private void requireReached(long lsn) {
        if (log.start().lsn() <= lsn) {
            return;
        }
        String fact = "the log begins after record " + log.start().lsn()
                + ", and the newest state before it that is left" + " is that of record " + lsn;
        throw damaged.values().stream()
                .findFirst()
                .map(reason -> new SkeinException(
                        ErrorCode.STORAGE_FAILURE,
                        reason.getMessage() + " An older state does not help: " + fact + ".",
                        reason))
                .orElseGet(() -> new SkeinException(
                        ErrorCode.STORAGE_FAILURE,
                        "The database in " + snapshots.describe() + " cannot be brought back: " + fact
                                + ". Nothing was changed. Restore this instance from a replica or a backup."));
    }

    private void requireSameHistory(SnapshotFile file, SnapshotContent content) {
        LogPosition position = content.head().position();
        Optional<LogPosition> ours = log.positionOf(position.lsn());
        if (!content.head().databaseId().equals(log.databaseId())) {
            throw foreign(
                    file,
                    "it is one of database " + content.head().databaseId() + ", the log one of " + log.databaseId());
        }
        if (!ours.equals(Optional.of(position))) {
            throw foreign(
                    file,
                    "it stands for " + position + ", the log has "
                            + ours.map(LogPosition::toString).orElse("no such record and ends with " + log.end()));
        }
    }

    private static SkeinException foreign(SnapshotFile file, String reason) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The snapshot " + file.path() + " does not belong to the log beside it: " + reason
                        + ". Nothing was changed. Move the file away if the log is the right one; otherwise restore this"
                        + " instance from a replica or a backup.");
    }
}
