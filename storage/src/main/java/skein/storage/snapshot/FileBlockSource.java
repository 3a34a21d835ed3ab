package skein.storage.snapshot;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;

/** The blocks of a file, from its first byte to its last. */
final class FileBlockSource implements BlockSource {
    private final LogFile file;
    private final String path;
    private final long size;
    private long[] offsets = new long[64];
    private int count;
    private long offset;

    FileBlockSource(LogDisk disk, String name) throws IOException {
        file = disk.open(name);
        path = disk.describe(name);
        size = file.size();
    }

    long size() {
        return size;
    }

    @Override
    public @Nullable SnapshotBlock next() throws IOException {
        if (offset == size) {
            return null;
        }
        note(offset);
        SnapshotBlock.Header header = SnapshotBlock.Header.of(read(offset, SnapshotBlock.HEADER_BYTES));
        if (header == null || header.stored() > size - offset - SnapshotBlock.HEADER_BYTES) {
            throw SnapshotDamage.in(describe(count - 1), "no block begins there that fits into the file");
        }
        SnapshotBlock block = header.with(read(offset + SnapshotBlock.HEADER_BYTES, header.stored()));
        offset += block.length();
        return block;
    }

    private byte[] read(long at, int wanted) throws IOException {
        byte[] bytes = new byte[wanted];
        if (file.readAt(at, bytes, 0, wanted) < wanted) {
            throw SnapshotDamage.in(describe(count - 1), "the file ends within a block");
        }
        return bytes;
    }

    /** Under a lock, since another thread may be describing a block that came before. */
    private synchronized void note(long begins) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        offsets[count++] = begins;
    }

    @Override
    public synchronized String describe(int number) {
        return path + " at offset " + (number < count ? offsets[number] : offset);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
