package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What a log must remember beside its records, in the file {@code mark}: two slots, of which the one that was forced
 * last is left alone until the other is forced, so that whatever becomes of later writes leaves it. The higher
 * generation counts.
 *
 * <pre>
 * slot, 64 bytes, at 0 and at 4096
 *  0  magic u32            "SKMK"
 *  4  crc32c u32           of bytes 8..63
 *  8  generation u64       rises by one with each write
 * 16  database UUID        u64, u64
 * 32  decided lsn u64      never above forced
 * 40  forced lsn u64       the log on disk reaches at least this far
 * 48  dropped lsn u64      the log begins after this record; older segments are waiting for deletion
 * 56  zero u64
 * </pre>
 *
 * Owned by the log's thread. Writes are not forced unless asked for: an old slot promises less, never too much.
 */
final class MarkFile implements AutoCloseable {
    static final String NAME = "mark";

    private static final String NEW_NAME = "mark.tmp";
    private static final int MAGIC = 0x534B4D4B;
    private static final int SLOT_BYTES = 64;
    private static final int SLOT_DISTANCE = 4096;
    private static final int GENERATION_AT = 8;

    private final LogFile file;
    private Marks marks;
    private long generation;
    private int slot;

    /** The slot that is durable; negative when that is not known of any. */
    private int durableSlot;

    private MarkFile(LogFile file, Marks marks, long generation, int slot, int durableSlot) {
        this.file = file;
        this.marks = marks;
        this.generation = generation;
        this.slot = slot;
        this.durableSlot = durableSlot;
    }

    /** What is remembered; see the slot. */
    record Marks(UUID databaseId, long decidedLsn, long forcedLsn, long droppedLsn) {
        Marks withLog(long decided, long forced) {
            return new Marks(databaseId, decided, forced, droppedLsn);
        }

        Marks withDropped(long dropped) {
            return new Marks(databaseId, decidedLsn, forcedLsn, dropped);
        }
    }

    /** Makes the file of a new log that begins after this record, durably. */
    static MarkFile create(LogDisk disk, UUID databaseId, long startLsn) throws IOException {
        Marks marks = new Marks(databaseId, startLsn, startLsn, startLsn);
        try (LogFile fresh = disk.create(NEW_NAME)) {
            fresh.writeAt(0, ByteBuffer.wrap(encode(marks, 1)));
            fresh.writeAt(SLOT_DISTANCE, ByteBuffer.wrap(new byte[SLOT_BYTES]));
            fresh.force();
        }
        disk.rename(NEW_NAME, NAME);
        disk.forceDirectory();
        return new MarkFile(disk.open(NAME), marks, 1, 0, 0);
    }

    /** Opens the file of an existing log; STORAGE_FAILURE when neither slot is intact. */
    static MarkFile open(LogDisk disk) throws IOException {
        LogFile file = disk.open(NAME);
        MarkFile newest = null;
        for (int slot : List.of(0, 1)) {
            MarkFile found = readSlot(file, slot);
            if (found != null && (newest == null || found.generation > newest.generation)) {
                newest = found;
            }
        }
        if (newest == null) {
            file.close();
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The file " + disk.describe(NAME) + " is damaged: neither of its two slots (at 0 and at "
                            + SLOT_DISTANCE + ") is intact. Restore this instance from a replica or a backup.");
        }
        return newest;
    }

    private static @Nullable MarkFile readSlot(LogFile file, int slot) throws IOException {
        byte[] bytes = new byte[SLOT_BYTES];
        int read = file.readAt((long) slot * SLOT_DISTANCE, bytes, 0, SLOT_BYTES);
        Optional<Marks> marks = read < SLOT_BYTES ? Optional.empty() : decode(bytes);
        long generation = ByteBuffer.wrap(bytes).getLong(GENERATION_AT);
        // a process that was killed may have written it without a force
        return marks.map(found -> new MarkFile(file, found, generation, slot, -1))
                .orElse(null);
    }

    private static byte[] encode(Marks marks, long generation) {
        ByteBuffer out = ByteBuffer.allocate(SLOT_BYTES);
        out.putInt(MAGIC).putInt(0).putLong(generation);
        SegmentFormat.putUuid(out, marks.databaseId());
        out.putLong(marks.decidedLsn()).putLong(marks.forcedLsn()).putLong(marks.droppedLsn());
        return SegmentFormat.withCrc(out.array());
    }

    private static Optional<Marks> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getInt() != MAGIC || in.getInt() != SegmentFormat.crcOf(bytes, 0, SLOT_BYTES)) {
            return Optional.empty();
        }
        in.getLong();
        return Optional.of(new Marks(SegmentFormat.getUuid(in), in.getLong(), in.getLong(), in.getLong()));
    }

    Marks marks() {
        return marks;
    }

    /** Writes into the slot that is not durable; nothing happens when nothing changed. */
    void write(Marks next) throws IOException {
        if (!next.equals(marks)) {
            if (durableSlot < 0) {
                force();
            }
            // counted when it is written: after a failure the same slot is tried again, the other one is intact
            int other = 1 - durableSlot;
            file.writeAt((long) other * SLOT_DISTANCE, ByteBuffer.wrap(encode(next, generation + 1)));
            slot = other;
            generation++;
            marks = next;
        }
    }

    void force() throws IOException {
        file.force();
        durableSlot = slot;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
