package skein.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import skein.storage.graph.ContentSink;
import skein.storage.log.GraphOperation;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.snapshot.BlockSource;
import skein.storage.snapshot.SnapshotContent;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.snapshot.SnapshotLoader;
import skein.storage.wal.DurabilityListener;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogNote;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * Makes a new database whose log begins with the content of a snapshot: names, nodes, relationships, schema, as records
 * like any others, before the first reign. So replicas, recovery and everything else treat it as what it is, a database
 * with a history; see docs/adr/012-recover-snapshot.md.
 */
public final class SnapshotImport {
    private static final int OPERATIONS_PER_RECORD = 5_000;
    private static final int BYTES_PER_RECORD = 1 << 20;

    private final WriteAheadLog log;

    private SnapshotImport(WriteAheadLog log) {
        this.log = log;
    }

    /**
     * Returns when the new database is durable and was read back; its directory must be empty or missing. After a
     * failure the directory is of no use: INVALID_ARGUMENT when there is no such snapshot, STORAGE_FAILURE when it is
     * damaged, or the disk is full.
     */
    public static SnapshotContent run(Path snapshot, Path directory, DatabaseOptions options) {
        SnapshotContent content = verified(snapshot);
        try (WriteAheadLog log = WriteAheadLog.open(directory, options.log(), new Silent())) {
            fill(log, snapshot);
        }
        try (Database database = Database.open(directory, options, new Silent())) {
            requireSame(database.stateHash(), content, snapshot);
        }
        return content;
    }

    /** As above, with log and snapshots of the new database on any disks. */
    static SnapshotContent run(Path snapshot, LogDisk logDisk, LogDisk snapshotDisk, DatabaseOptions options) {
        SnapshotContent content = verified(snapshot);
        try (WriteAheadLog log = WriteAheadLog.open(logDisk, options.log(), new Silent())) {
            fill(log, snapshot);
        }
        try (Database database = Database.open(logDisk, snapshotDisk, options, new Silent())) {
            requireSame(database.stateHash(), content, snapshot);
        }
        return content;
    }

    private static void fill(WriteAheadLog log, Path snapshot) {
        Invariant.check(log.end().equals(LogPosition.START), "there is a database already, up to %s", log.end());
        new SnapshotImport(log).write(snapshot);
    }

    private static SnapshotContent verified(Path snapshot) {
        try (BlockSource source = SnapshotDirectory.read(snapshot)) {
            return SnapshotLoader.verify(source);
        } catch (IOException e) {
            throw unreadable(snapshot, e);
        }
    }

    private static void requireSame(long stateHash, SnapshotContent content, Path snapshot) {
        if (stateHash != content.stateHash()) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The snapshot " + snapshot + " is damaged: what it holds has the state hash "
                            + Long.toHexString(stateHash) + ", and it should be "
                            + Long.toHexString(content.stateHash()) + ". Nothing was changed. Use another snapshot.");
        }
    }

    private static SkeinException unreadable(Path snapshot, IOException cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The snapshot " + snapshot + " cannot be read: " + cause.getMessage()
                        + ". Nothing was changed. Check the disk and the permissions.",
                cause);
    }

    private void write(Path snapshot) {
        RecordBody.SchemaChanges namesAndSchema = pass(snapshot, new Nothing());
        append(new RecordBody.DataChanges(namesAndSchema.additions(), List.of()));
        for (Batch batch : List.of(new Nodes(), new Relationships())) {
            pass(snapshot, batch);
            batch.flush();
        }
        if (!namesAndSchema.operations().isEmpty()) {
            append(new RecordBody.SchemaChanges(List.of(), namesAndSchema.operations()));
        }
        log.decide(log.end().lsn());
        log.flush();
    }

    private static RecordBody.SchemaChanges pass(Path snapshot, ContentSink sink) {
        try (BlockSource source = SnapshotDirectory.read(snapshot)) {
            return SnapshotLoader.walk(source, sink);
        } catch (IOException e) {
            throw unreadable(snapshot, e);
        }
    }

    private void append(RecordBody body) {
        try {
            log.awaitRoom();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(
                    ErrorCode.TRANSACTION_TERMINATED, "The recovery of a snapshot was ended. Nothing was changed.", e);
        }
        log.append(RecordCodec.draft(body), log.end().lsn() + 1);
    }

    /** Operations on their way into a record. */
    private abstract class Batch implements ContentSink {
        private List<GraphOperation> operations = new ArrayList<>();
        private long bytes;

        void add(GraphOperation operation, byte[] properties) {
            operations.add(operation);
            bytes += properties.length;
            if (operations.size() >= OPERATIONS_PER_RECORD || bytes >= BYTES_PER_RECORD) {
                flush();
            }
        }

        void flush() {
            if (!operations.isEmpty()) {
                append(new RecordBody.DataChanges(List.of(), operations));
                operations = new ArrayList<>();
                bytes = 0;
            }
        }
    }

    /** All nodes first, because a relationship needs both of its ends. */
    private final class Nodes extends Batch {
        @Override
        public void node(int slot, int[] labels, byte[] properties, int outgoingCount) {
            add(new GraphOperation.CreateNode(slot, labels, properties), properties);
        }

        @Override
        public void returnTo(int slot, int firstIndex) {}

        @Override
        public void relationship(int slot, int type, int end, byte[] properties) {}
    }

    private final class Relationships extends Batch {
        private int start;

        @Override
        public void node(int slot, int[] labels, byte[] properties, int outgoingCount) {
            start = slot;
        }

        @Override
        public void returnTo(int slot, int firstIndex) {
            start = slot;
        }

        @Override
        public void relationship(int slot, int type, int end, byte[] properties) {
            add(new GraphOperation.CreateRelationship(slot, type, start, end, properties), properties);
        }
    }

    private static final class Nothing implements ContentSink {
        @Override
        public void node(int slot, int[] labels, byte[] properties, int outgoingCount) {}

        @Override
        public void returnTo(int slot, int firstIndex) {}

        @Override
        public void relationship(int slot, int type, int end, byte[] properties) {}
    }

    /** Whoever waits for the log hears of its failure there. */
    private static final class Silent implements LogListener, DurabilityListener {
        @Override
        public void durable(long lsn) {}

        @Override
        public void failed(SkeinException reason) {}

        @Override
        public void noted(LogNote note) {}

        @Override
        public void systemRecord(long lsn, byte[] payload) {}
    }
}
