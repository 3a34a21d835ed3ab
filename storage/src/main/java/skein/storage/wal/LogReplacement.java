package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.vocabulary.Epoch;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;

/**
 * Replaces a closed log, whole, by an empty one that begins elsewhere. Once the file {@code install} is durable the old
 * log is given up: whatever a crash leaves, the next opening carries the replacement out to its end, and only then
 * removes the file. Until then nothing has happened. Numbers are big-endian.
 *
 * <pre>
 *  0  magic u32            "SKIN"
 *  4  crc32c u32           of all bytes from 8 on
 *  8  version u32          1
 * 12  count u32            of positions
 * 16  database UUID        u64, u64
 * 32  positions, 40 bytes each: the last record before the new log, then the EPOCH records up to it, oldest first
 *      0  epoch            number u64, reign UUID u64, u64
 *     24  lsn u64
 *     32  crc u32
 *     36  zero u32
 * </pre>
 */
public final class LogReplacement {
    private static final String NAME = "install";
    private static final String NEW_NAME = NAME + SegmentStore.NEW_SUFFIX;
    private static final int MAGIC = 0x534B494E;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 32;
    private static final int POSITION_BYTES = 40;
    private static final int SIZE_MAX = 64 << 20;

    private LogReplacement() {}

    /**
     * The log that is to be.
     *
     * @param start its first record will follow this one
     * @param reigns the EPOCH records up to the start, oldest first
     */
    public record Plan(UUID databaseId, LogPosition start, List<LogPosition> reigns) {
        public Plan {
            reigns = List.copyOf(reigns);
        }
    }

    /** Returns when the old log is given up for good; it is not touched yet and may still be open. */
    public static void promise(LogDisk disk, Plan plan) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + (1 + plan.reigns().size()) * POSITION_BYTES);
        Invariant.check(out.capacity() <= SIZE_MAX, "%d reigns", plan.reigns().size());
        out.putInt(MAGIC).putInt(0).putInt(VERSION).putInt(1 + plan.reigns().size());
        SegmentFormat.putUuid(out, plan.databaseId());
        put(out, plan.start());
        plan.reigns().forEach(reign -> put(out, reign));
        try {
            try (LogFile fresh = disk.create(NEW_NAME)) {
                fresh.writeAt(0, ByteBuffer.wrap(SegmentFormat.withCrc(out.array())));
                fresh.force();
            }
            disk.rename(NEW_NAME, NAME);
            disk.forceDirectory();
        } catch (IOException e) {
            throw LogDamage.unreadable(disk.describe(NAME), e);
        }
    }

    private static void put(ByteBuffer out, LogPosition position) {
        out.putLong(position.epoch().number());
        SegmentFormat.putUuid(out, position.epoch().reign());
        out.putLong(position.lsn()).putInt(position.crc()).putInt(0);
    }

    /** What was promised and is not done yet. STORAGE_FAILURE when the file is damaged. */
    public static Optional<Plan> promised(LogDisk disk) {
        try {
            return disk.list().contains(NAME) ? Optional.of(read(disk)) : Optional.empty();
        } catch (IOException e) {
            throw LogDamage.unreadable(disk.describe(NAME), e);
        }
    }

    private static Plan read(LogDisk disk) throws IOException {
        String place = disk.describe(NAME) + " at offset 0";
        byte[] bytes;
        try (LogFile file = disk.open(NAME)) {
            long size = file.size();
            if (size < HEADER_BYTES + POSITION_BYTES || size > SIZE_MAX) {
                throw LogDamage.in(place, "the file has " + size + " bytes");
            }
            bytes = new byte[(int) size];
            file.readAt(0, bytes, 0, bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean intact = in.getInt() == MAGIC
                && in.getInt() == SegmentFormat.crcOf(bytes, 0, bytes.length)
                && in.getInt() == VERSION
                && in.getInt() == (bytes.length - HEADER_BYTES) / POSITION_BYTES;
        if (!intact) {
            throw LogDamage.in(place, "the file is not intact");
        }
        UUID databaseId = SegmentFormat.getUuid(in);
        List<LogPosition> positions = new ArrayList<>();
        while (in.hasRemaining()) {
            Epoch epoch = new Epoch(in.getLong(), SegmentFormat.getUuid(in));
            positions.add(new LogPosition(epoch, in.getLong(), in.getInt()));
            in.getInt();
        }
        return new Plan(databaseId, positions.getFirst(), positions.subList(1, positions.size()));
    }

    /**
     * Does what was promised; may be done again after a crash. Files that hold dropped tails stay. The log is closed.
     */
    public static void carryOut(LogDisk disk, Plan plan) {
        try {
            if (disk.list().contains(MarkFile.NAME)) {
                disk.delete(MarkFile.NAME);
            }
            LogCreation.createAt(disk, plan.databaseId(), new Lineage(plan.start(), plan.reigns()));
            disk.delete(NAME);
            disk.forceDirectory();
        } catch (IOException e) {
            throw LogDamage.unreadable(disk.describe(""), e);
        }
    }
}
