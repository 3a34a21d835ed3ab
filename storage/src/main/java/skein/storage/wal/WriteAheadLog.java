package skein.storage.wal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * A log of chained records in segment files. Appending and reading are safe from any thread and never wait for the
 * disk; one platform thread writes, forces and reports.
 */
public final class WriteAheadLog implements AutoCloseable {
    private WriteAheadLog() {}

    /** Opens the log in this directory, made if missing. STORAGE_FAILURE names file and offset of damage. */
    public static WriteAheadLog open(Path directory, LogSettings settings, DurabilityListener listener) {
        throw new AssertionError("follows with the next commits");
    }

    /** As above on any disk. */
    public static WriteAheadLog open(LogDisk disk, LogSettings settings, DurabilityListener listener) {
        throw new AssertionError("follows with the next commits");
    }

    /** Identity of the database whose log this is. */
    public UUID databaseId() {
        throw new AssertionError("follows with the next commits");
    }

    /** The last record accepted. */
    public LogPosition end() {
        throw new AssertionError("follows with the next commits");
    }

    /** Just before the first record that can still be read; START unless records were released. */
    public LogPosition start() {
        throw new AssertionError("follows with the next commits");
    }

    /** The EPOCH records in this log, oldest first. */
    public List<LogPosition> lineage() {
        throw new AssertionError("follows with the next commits");
    }

    /** As last told to the listener; at open, everything found. */
    public long durableLsn() {
        throw new AssertionError("follows with the next commits");
    }

    /** As last told by {@link #decide}; at open, as remembered on disk, which may be less. */
    public long decidedLsn() {
        throw new AssertionError("follows with the next commits");
    }

    /**
     * MAIN: seals a draft (skein.storage.log.RecordCodec.draft) with the next lsn in the current reign and queues it; the array belongs to the log from
     * now on. DATABASE_UNAVAILABLE when the queue is full (no lsn was spent), STORAGE_FAILURE after a failure.
     */
    public LogPosition append(byte[] draft, long commitTimestamp) {
        throw new AssertionError("follows with the next commits");
    }

    /** MAIN: appends the EPOCH record of a new reign; its number must be above the current one. */
    public LogPosition openReign(Epoch epoch, long commitTimestamp) {
        throw new AssertionError("follows with the next commits");
    }

    /**
     * REPLICA: checks CRC and chain of these whole records and queues them, all or none. REPLICATION_REFUSED when they
     * do not follow the end of this log.
     */
    public LogPosition appendReplicated(ByteBuffer records) {
        throw new AssertionError("follows with the next commits");
    }

    /** Waits until {@link #append} would find room in the queue, or the log has failed or is closed. */
    public void awaitRoom() throws InterruptedException {
        throw new AssertionError("follows with the next commits");
    }

    /** Remembers that records up to this one are decided; reaches the disk a little later. Never falls. */
    public void decide(long lsn) {
        throw new AssertionError("follows with the next commits");
    }

    /**
     * Whole records after this lsn, durable or not: at least one, then as many as fit into {@code bytesMax}. Empty when
     * there is none. The lsn must not be before {@link #start}.
     */
    public Optional<LogChunk> read(long afterLsn, int bytesMax) {
        throw new AssertionError("follows with the next commits");
    }

    /** The record with this lsn; empty when it is after the end or was released. */
    public Optional<LogPosition> positionOf(long lsn) {
        throw new AssertionError("follows with the next commits");
    }

    /** Drops all records after this lsn, which must not be below the decided one; returns when that is durable. */
    public void truncateAfter(long lsn) {
        throw new AssertionError("follows with the next commits");
    }

    /** Lets go of records up to this lsn, in whole segments; they must not be needed to recover. */
    public void releaseUpTo(long lsn) {
        throw new AssertionError("follows with the next commits");
    }

    /** Returns when all records accepted so far are forced to disk, whatever the policy. */
    public void flush() {
        throw new AssertionError("follows with the next commits");
    }

    /** Flushes, then ends the thread. */
    @Override
    public void close() {
        throw new AssertionError("follows with the next commits");
    }
}
