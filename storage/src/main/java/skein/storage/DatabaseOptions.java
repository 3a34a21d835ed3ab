package skein.storage;

import java.util.UUID;
import skein.storage.wal.LogSettings;
import skein.storage.wal.SyncPolicy;
import skein.vocabulary.Invariant;

/**
 * How a database behaves.
 *
 * @param log the log's settings; its id is used only when the database is created
 * @param transactionBytesMax about how much memory the changes of one transaction may take; above it MEMORY_LIMIT
 * @param snapshots see there
 */
public record DatabaseOptions(LogSettings log, long transactionBytesMax, SnapshotOptions snapshots) {
    /** A quarter of the heap: several large transactions at a time must not end the process. */
    private static final long HEAP_SHARE = 4;

    public DatabaseOptions {
        Invariant.check(transactionBytesMax > 0, "transactions of %d bytes mean nothing", transactionBytesMax);
    }

    public DatabaseOptions(LogSettings log, long transactionBytesMax) {
        this(log, transactionBytesMax, SnapshotOptions.standard());
    }

    /** Standard log, and a quarter of this process's largest heap for one transaction. */
    public static DatabaseOptions standard(UUID idForCreation) {
        return new DatabaseOptions(
                LogSettings.standard(idForCreation), Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    public DatabaseOptions withSync(SyncPolicy sync) {
        return new DatabaseOptions(log.withSync(sync), transactionBytesMax, snapshots);
    }

    public DatabaseOptions withTransactionBytesMax(long other) {
        return new DatabaseOptions(log, other, snapshots);
    }

    public DatabaseOptions withSnapshots(SnapshotOptions other) {
        return new DatabaseOptions(log, transactionBytesMax, other);
    }
}
