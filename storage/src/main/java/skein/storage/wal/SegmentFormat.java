package skein.storage.wal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * What stands in a segment file besides the records. Numbers are big-endian; everything begins at a multiple of 8.
 *
 * <pre>
 * segment = header, then batches; a batch = mark, then whole records; then zeros.
 *
 * header, 80 bytes
 *  0  magic u32            "SKLG"
 *  4  crc32c u32           of bytes 8..79
 *  8  version u32          1
 * 12  zero u32
 * 16  database UUID        u64, u64
 * 32  epoch                of the record before the first: number u64, reign UUID u64, u64
 * 56  first lsn u64        also the file's name: 20 digits and ".log"
 * 64  crc of the record before the first u32
 * 68  zeros up to 80
 *
 * mark, 32 bytes: precedes what one batch wrote into this segment; not part of what replicas receive
 *  0  magic u32            "SKB1": no record has this length
 *  4  crc32c u32           of bytes 8..31
 *  8  database UUID, low half u64
 * 16  first lsn u64        of the batch
 * 24  forced lsn u64       all records up to this one were durable before the batch was written
 * </pre>
 *
 * The mark is what tells a torn tail from damage. The pages of one batch reach the disk in any order, so after a loss
 * of power a record may be missing although a later one of the same batch is there. A record that some later mark calls
 * forced can be missing only through damage.
 */
final class SegmentFormat {
    static final int HEADER_BYTES = 80;
    static final int MARK_BYTES = 32;
    static final int ALIGNMENT_BYTES = 8;
    static final String SUFFIX = ".log";

    private static final int HEADER_MAGIC = 0x534B4C47;
    private static final int MARK_MAGIC = 0x534B4231;
    private static final int VERSION = 1;
    private static final int CRC_AT = 4;
    private static final int COVERED_AT = 8;
    private static final int NAME_DIGITS = 20;

    private SegmentFormat() {}

    /** @param base the record before the first */
    record Header(UUID databaseId, LogPosition base) {}

    record Mark(long databaseUuidLow, long firstLsn, long forcedLsn) {}

    static String nameOf(long firstLsn) {
        return ("%0" + NAME_DIGITS + "d").formatted(firstLsn) + SUFFIX;
    }

    static boolean isName(String name) {
        return name.length() == NAME_DIGITS + SUFFIX.length()
                && name.endsWith(SUFFIX)
                && name.substring(0, NAME_DIGITS).chars().allMatch(Character::isDigit);
    }

    static byte[] encode(Header header) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES);
        out.putInt(HEADER_MAGIC).putInt(0).putInt(VERSION).putInt(0);
        putUuid(out, header.databaseId());
        out.putLong(header.base().epoch().number());
        putUuid(out, header.base().epoch().reign());
        out.putLong(header.base().lsn() + 1).putInt(header.base().crc());
        return withCrc(out.array());
    }

    /** Empty unless the bytes begin with an intact header. */
    static Optional<Header> decodeHeader(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES
                || in.getInt() != HEADER_MAGIC
                || in.getInt() != crcOf(bytes, 0, HEADER_BYTES)) {
            return Optional.empty();
        }
        boolean known = in.getInt() == VERSION && in.getInt() == 0;
        UUID databaseId = getUuid(in);
        long number = in.getLong();
        UUID reign = getUuid(in);
        long firstLsn = in.getLong();
        if (!known || number < 0 || firstLsn < 1) {
            return Optional.empty();
        }
        return Optional.of(
                new Header(databaseId, new LogPosition(new Epoch(number, reign), firstLsn - 1, in.getInt())));
    }

    static byte[] encode(Mark mark) {
        ByteBuffer out = ByteBuffer.allocate(MARK_BYTES);
        out.putInt(MARK_MAGIC).putInt(0);
        out.putLong(mark.databaseUuidLow()).putLong(mark.firstLsn()).putLong(mark.forcedLsn());
        return withCrc(out.array());
    }

    /** Cheap first look: false for almost everything that is not a mark. */
    static boolean mayBeMark(byte[] bytes, int at) {
        return bytes[at] == (byte) (MARK_MAGIC >> 24)
                && bytes[at + 1] == (byte) (MARK_MAGIC >> 16)
                && bytes[at + 2] == (byte) (MARK_MAGIC >> 8)
                && bytes[at + 3] == (byte) MARK_MAGIC;
    }

    /** Empty unless an intact mark stands here; {@link #MARK_BYTES} bytes must be there. */
    static Optional<Mark> decodeMark(byte[] bytes, int at) {
        ByteBuffer in = ByteBuffer.wrap(bytes, at, MARK_BYTES);
        if (in.getInt() != MARK_MAGIC || in.getInt() != crcOf(bytes, at, MARK_BYTES)) {
            return Optional.empty();
        }
        return Optional.of(new Mark(in.getLong(), in.getLong(), in.getLong()));
    }

    static void putUuid(ByteBuffer out, UUID uuid) {
        out.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    static UUID getUuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    /** Puts the CRC of all that follows it at its place. */
    static byte[] withCrc(byte[] bytes) {
        ByteBuffer.wrap(bytes).putInt(CRC_AT, crcOf(bytes, 0, bytes.length));
        return bytes;
    }

    static int crcOf(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at + COVERED_AT, length - COVERED_AT);
        return (int) crc.getValue();
    }
}
