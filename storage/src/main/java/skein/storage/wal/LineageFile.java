package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * The reigns of records that a log no longer holds, in the file {@code lineage}, which a log has once its first record
 * is above 1. It is what lets an instance tell how far another one shares its history, however much of it was dropped.
 * Written anew each time, under another name, forced and renamed. Numbers are big-endian.
 *
 * <pre>
 *  0  magic u32            "SKLN"
 *  4  crc32c u32           of all bytes from 8 on
 *  8  version u32          1
 * 12  count u32            of reigns
 * 16  database UUID        u64, u64
 * 32  reigns, 40 bytes each, oldest first: the position of an EPOCH record
 *      0  epoch            number u64, reign UUID u64, u64
 *     24  lsn u64
 *     32  crc u32
 *     36  zero u32
 * </pre>
 */
final class LineageFile {
    static final String NAME = "lineage";

    private static final String NEW_NAME = NAME + SegmentStore.NEW_SUFFIX;
    private static final int MAGIC = 0x534B4C4E;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 32;
    private static final int REIGN_BYTES = 40;
    private static final int SIZE_MAX = 64 << 20;

    private LineageFile() {}

    /** Returns when the file is durable. */
    static void write(LogDisk disk, UUID databaseId, List<LogPosition> reigns) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + reigns.size() * REIGN_BYTES);
        out.putInt(MAGIC).putInt(0).putInt(VERSION).putInt(reigns.size());
        SegmentFormat.putUuid(out, databaseId);
        for (LogPosition reign : reigns) {
            out.putLong(reign.epoch().number());
            SegmentFormat.putUuid(out, reign.epoch().reign());
            out.putLong(reign.lsn()).putInt(reign.crc()).putInt(0);
        }
        try (LogFile fresh = disk.create(NEW_NAME)) {
            fresh.writeAt(0, ByteBuffer.wrap(SegmentFormat.withCrc(out.array())));
            fresh.force();
        }
        disk.rename(NEW_NAME, NAME);
        disk.forceDirectory();
    }

    /** Reads the file of this database; STORAGE_FAILURE when it is damaged or another one's. */
    static List<LogPosition> read(LogDisk disk, UUID databaseId) throws IOException {
        String place = disk.describe(NAME) + " at offset 0";
        byte[] bytes;
        try (LogFile file = disk.open(NAME)) {
            long size = file.size();
            if (size < HEADER_BYTES || size > SIZE_MAX) {
                throw LogDamage.in(place, "the file of past reigns has " + size + " bytes");
            }
            bytes = new byte[(int) size];
            file.readAt(0, bytes, 0, bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean intact = in.getInt() == MAGIC
                && in.getInt() == SegmentFormat.crcOf(bytes, 0, bytes.length)
                && in.getInt() == VERSION
                && in.getInt() == (bytes.length - HEADER_BYTES) / REIGN_BYTES;
        if (!intact) {
            throw LogDamage.in(place, "the file of past reigns is not intact");
        }
        UUID owner = SegmentFormat.getUuid(in);
        if (!owner.equals(databaseId)) {
            throw LogDamage.in(place, "the file belongs to database " + owner + ", not " + databaseId);
        }
        List<LogPosition> reigns = new ArrayList<>();
        while (in.hasRemaining()) {
            Epoch epoch = new Epoch(in.getLong(), SegmentFormat.getUuid(in));
            reigns.add(new LogPosition(epoch, in.getLong(), in.getInt()));
            in.getInt();
        }
        return reigns;
    }
}
