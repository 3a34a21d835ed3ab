package skein.storage.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import skein.storage.wal.LogFile;
import skein.vocabulary.Invariant;

/**
 * A snapshot on its way to a replica: its file, and the log after its record, stay until this is closed. Used by one
 * thread.
 */
public final class SnapshotExport implements AutoCloseable {
    private final LogFile file;
    private final SnapshotFile what;
    private final SnapshotOutline outline;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    SnapshotExport(LogFile file, SnapshotFile what, SnapshotOutline outline, Runnable release) {
        this.file = file;
        this.what = what;
        this.outline = outline;
        this.release = release;
    }

    public SnapshotFile file() {
        return what;
    }

    public SnapshotOutline outline() {
        return outline;
    }

    /**
     * Whole, intact blocks from this offset on, where a block begins: at least one, then as many as fit.
     * STORAGE_FAILURE when the file is damaged there.
     */
    public ByteBuffer read(long offset, int bytesMax) {
        Invariant.check(offset >= 0 && offset < outline.bytes(), "offset %d of %d", offset, outline.bytes());
        try {
            byte[] bytes = piece(offset, Math.max(bytesMax, SnapshotBlock.HEADER_BYTES));
            int end = wholeBlocks(bytes, offset);
            if (end == 0) {
                bytes = piece(
                        offset,
                        Math.addExact(
                                SnapshotBlock.HEADER_BYTES,
                                headerAt(bytes, 0, offset).stored()));
                end = wholeBlocks(bytes, offset);
            }
            if (end == 0) {
                throw damaged(offset, "the file ends within a block");
            }
            return ByteBuffer.wrap(bytes, 0, end);
        } catch (IOException e) {
            throw SnapshotDamage.unreadable(what.path(), e);
        }
    }

    private byte[] piece(long offset, int wanted) throws IOException {
        byte[] bytes = new byte[(int) Math.min(wanted, outline.bytes() - offset)];
        int read = file.readAt(offset, bytes, 0, bytes.length);
        return read == bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(0, read));
    }

    /** Where the last whole block of these bytes ends. */
    private int wholeBlocks(byte[] bytes, long offset) {
        int at = 0;
        while (bytes.length - at >= SnapshotBlock.HEADER_BYTES) {
            SnapshotBlock.Header header = headerAt(bytes, at, offset);
            int length = Math.addExact(SnapshotBlock.HEADER_BYTES, header.stored());
            if (length > bytes.length - at) {
                break;
            }
            byte[] stored = Arrays.copyOfRange(bytes, at + SnapshotBlock.HEADER_BYTES, at + length);
            if (!header.with(stored).isIntact()) {
                throw damaged(offset + at, "the checksum of block " + header.number() + " is wrong");
            }
            at += length;
        }
        return at;
    }

    private SnapshotBlock.Header headerAt(byte[] bytes, int at, long offset) {
        SnapshotBlock.Header header = bytes.length - at < SnapshotBlock.HEADER_BYTES
                ? null
                : SnapshotBlock.Header.of(Arrays.copyOfRange(bytes, at, at + SnapshotBlock.HEADER_BYTES));
        if (header == null) {
            throw damaged(offset + at, "no block begins there");
        }
        return header;
    }

    private RuntimeException damaged(long offset, String reason) {
        return SnapshotDamage.in(what.path() + " at offset " + offset, reason);
    }

    /** More than once does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
            try {
                file.close();
            } catch (IOException e) {
                throw SnapshotDamage.unreadable(what.path(), e);
            }
        }
    }
}
