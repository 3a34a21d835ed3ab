package skein.storage.snapshot;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import skein.storage.log.ByteWriter;

/**
 * One block of a snapshot. A snapshot is a stream of blocks: HEAD, then NODES, then RELATIONSHIPS, then FOOT; a file
 * holds the stream and nothing else. All numbers are big-endian.
 *
 * <pre>
 *  0  magic u32         53 4B 53 42
 *  4  format u8         1
 *  5  kind u8           see {@link BlockKind}
 *  6  compression u8    see {@link Compression}
 *  7  zero u8
 *  8  number u32        of the block in its stream, from 0
 * 12  first slot u32    of the first node; 0 in HEAD and FOOT
 * 16  count u32         of nodes, or of relationships
 * 20  raw size u32
 * 24  stored size u32
 * 28  crc32c u32        of bytes 0..27 and the stored bytes
 * 32  stored bytes
 * </pre>
 *
 * What the raw bytes say stands in {@link SnapshotCodec} for HEAD and FOOT and in {@link NodeCodec} for the others.
 *
 * @param number from 0
 * @param stored never changed after construction
 */
public record SnapshotBlock(
        BlockKind kind,
        Compression compression,
        int number,
        int firstSlot,
        int count,
        int rawBytes,
        byte[] stored,
        int crc) {
    static final int HEADER_BYTES = 32;

    private static final int MAGIC = 0x534B_5342;
    private static final int FORMAT = 1;
    private static final int KIND_AT = 5;
    private static final int CRC_AT = 28;

    /** Packs and seals. */
    static SnapshotBlock of(BlockKind kind, Compression wanted, int number, int firstSlot, int count, ByteWriter raw) {
        byte[] bytes = raw.toArray();
        byte[] smaller = wanted.compress(bytes, raw.size());
        Compression used = smaller == null ? Compression.NONE : wanted;
        byte[] stored = smaller == null ? Arrays.copyOf(bytes, raw.size()) : smaller;
        SnapshotBlock block = new SnapshotBlock(kind, used, number, firstSlot, count, raw.size(), stored, 0);
        return new SnapshotBlock(
                kind,
                used,
                number,
                firstSlot,
                count,
                raw.size(),
                stored,
                block.crcOf(block.header().array()));
    }

    /** Bytes of header and content. */
    int length() {
        return HEADER_BYTES + stored.length;
    }

    private ByteBuffer header() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES);
        out.putInt(MAGIC).put((byte) FORMAT).put((byte) kind.code()).put((byte) compression.code());
        out.put((byte) 0)
                .putInt(number)
                .putInt(firstSlot)
                .putInt(count)
                .putInt(rawBytes)
                .putInt(stored.length);
        return out.putInt(crc).flip();
    }

    private int crcOf(byte[] header) {
        CRC32C sum = new CRC32C();
        sum.update(header, 0, CRC_AT);
        sum.update(stored);
        return (int) sum.getValue();
    }

    /** The whole block, ready to be sent or written. */
    public ByteBuffer bytes() {
        return ByteBuffer.allocate(length()).put(header()).put(stored).flip();
    }

    /** A header as it was read, before its checksum can be looked at; null when it cannot be one. */
    record Header(
            BlockKind kind,
            Compression compression,
            int number,
            int firstSlot,
            int count,
            int raw,
            int stored,
            int crc) {
        static @Nullable Header of(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            BlockKind kind = BlockKind.ofCode(bytes[KIND_AT]);
            Compression compression = Compression.ofCode(bytes[KIND_AT + 1]);
            boolean fits = in.getInt() == MAGIC && in.get() == FORMAT && bytes[KIND_AT + 2] == 0;
            if (!fits || kind == null || compression == null) {
                return null;
            }
            in.position(KIND_AT + 3);
            Header header = new Header(
                    kind, compression, in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt());
            boolean possible = header.raw >= 0
                    && header.raw <= ByteWriter.BYTES_MAX
                    && header.stored >= 0
                    && header.stored <= header.raw;
            return possible ? header : null;
        }

        SnapshotBlock with(byte[] content) {
            return new SnapshotBlock(kind, compression, number, firstSlot, count, raw, content, crc);
        }
    }

    /** Whether checksum and content fit. */
    boolean isIntact() {
        return crcOf(header().array()) == crc;
    }

    /** The raw bytes of an intact block; null when they cannot be had from the stored ones. */
    byte @Nullable [] raw() {
        return compression.decompress(stored, rawBytes);
    }
}
