package skein.storage.snapshot;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skein.storage.log.ByteReader;

/**
 * Hands the blocks of a source to several threads: those of one kind, until the next is of another. Whoever takes a
 * block opens it, which is where its checksum is looked at.
 */
final class BlockFeed {
    private final BlockSource source;
    private @Nullable SnapshotBlock next;
    private int[] crcs = new int[64];
    private int taken;
    private long bytes;

    BlockFeed(BlockSource source) {
        this.source = source;
    }

    /** The next block if it is of this kind; null otherwise, at the end too. */
    synchronized @Nullable SnapshotBlock take(BlockKind kind) {
        SnapshotBlock block = peek();
        if (block == null || block.kind() != kind) {
            return null;
        }
        next = null;
        if (block.number() != taken) {
            throw SnapshotDamage.in(
                    source.describe(taken), "block " + block.number() + " stands where " + taken + " must");
        }
        if (taken == crcs.length) {
            crcs = Arrays.copyOf(crcs, 2 * taken);
        }
        crcs[taken++] = block.crc();
        bytes += block.length();
        return block;
    }

    private @Nullable SnapshotBlock peek() {
        try {
            if (next == null) {
                next = source.next();
            }
            return next;
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(source.describe(taken), e);
        }
    }

    /** The one block of this kind. */
    SnapshotBlock require(BlockKind kind) {
        SnapshotBlock block = take(kind);
        if (block == null) {
            throw SnapshotDamage.in(source.describe(taken), "there is no block of kind " + kind);
        }
        return block;
    }

    /** Bytes of all blocks taken so far. */
    synchronized long bytes() {
        return bytes;
    }

    /** After FOOT: nothing follows, and every block was the one that the foot names. */
    synchronized void requireEnd(SnapshotFoot foot) {
        if (peek() != null) {
            throw SnapshotDamage.in(source.describe(taken), "a block follows the last one");
        }
        if (!Arrays.equals(foot.blockCrcs(), Arrays.copyOf(crcs, taken - 1))) {
            throw SnapshotDamage.in(source.describe(taken - 1), "the blocks are not those that the foot names");
        }
    }

    /** The content of a block, checked. */
    ByteReader open(SnapshotBlock block) {
        return new ByteReader(content(block));
    }

    byte[] content(SnapshotBlock block) {
        String place = source.describe(block.number());
        if (!block.isIntact()) {
            throw SnapshotDamage.in(place, "the checksum of block " + block.number() + " is wrong");
        }
        try {
            byte[] raw = block.raw();
            if (raw == null) {
                throw SnapshotDamage.in(place, "block " + block.number() + " cannot be decompressed");
            }
            return raw;
        } catch (UnsupportedOperationException e) {
            throw SnapshotDamage.unreadable(place, e);
        }
    }

    String describe(SnapshotBlock block) {
        return source.describe(block.number());
    }
}
