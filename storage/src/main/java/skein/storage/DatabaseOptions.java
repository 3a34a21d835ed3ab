package skein.storage;

import java.util.UUID;
import skein.storage.memory.MemoryLimits;
import skein.storage.memory.MemoryPool;
import skein.storage.wal.LogSettings;
import skein.storage.wal.Platform;
import skein.storage.wal.SyncPolicy;

/**
 * How a database behaves.
 *
 * @param log the log's settings; its id is used only when the database is created
 * @param memory how much heap it may take
 * @param snapshots see there
 */
public record DatabaseOptions(LogSettings log, MemoryLimits memory, SnapshotOptions snapshots) {
    public DatabaseOptions(LogSettings log, MemoryLimits memory) {
        this(log, memory, SnapshotOptions.standard());
    }

    /** Standard log, and a pool of its own of this process's heap: for one database alone in a process. */
    public static DatabaseOptions standard(UUID idForCreation) {
        return new DatabaseOptions(LogSettings.standard(idForCreation), MemoryLimits.standard(MemoryPool.ofHeap()));
    }

    public Platform platform() {
        return log.platform();
    }

    public DatabaseOptions withPlatform(Platform platform) {
        return new DatabaseOptions(log.withPlatform(platform), memory, snapshots);
    }

    public DatabaseOptions withSync(SyncPolicy sync) {
        return new DatabaseOptions(log.withSync(sync), memory, snapshots);
    }

    public DatabaseOptions withTransactionBytesMax(long other) {
        return new DatabaseOptions(log, memory.withTransactionBytesMax(other), snapshots);
    }

    public DatabaseOptions withMemory(MemoryLimits other) {
        return new DatabaseOptions(log, other, snapshots);
    }

    public DatabaseOptions withSnapshots(SnapshotOptions other) {
        return new DatabaseOptions(log, memory, other);
    }
}
