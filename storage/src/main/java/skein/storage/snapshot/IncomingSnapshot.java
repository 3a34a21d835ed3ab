package skein.storage.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A snapshot that arrives from a MAIN, block by block, in a file beside those that count. What has arrived is kept when
 * the connection or the process ends, and the next attempt to send the same snapshot goes on behind its last intact
 * block. Used by one thread.
 */
public final class IncomingSnapshot implements AutoCloseable {
    private static final long FORCE_EVERY_BYTES = 32L << 20;

    private final LogDisk disk;
    private final String name;
    private final SnapshotOutline outline;
    private final LogFile file;
    private long received;
    private long forced;
    private int blocks;

    private IncomingSnapshot(LogDisk disk, String name, SnapshotOutline outline, LogFile file) {
        this.disk = disk;
        this.name = name;
        this.outline = outline;
        this.file = file;
    }

    /** Goes on with what is there of this very snapshot; of others nothing stays. Reads what is there. */
    static IncomingSnapshot open(LogDisk disk, SnapshotOutline outline) throws IOException {
        String name = SnapshotName.incoming(outline.position().lsn());
        boolean found = false;
        for (String other : disk.list()) {
            if (other.equals(name)) {
                found = true;
            } else if (SnapshotName.isIncoming(other)) {
                disk.delete(other);
            }
        }
        IncomingSnapshot incoming =
                new IncomingSnapshot(disk, name, outline, found ? disk.open(name) : disk.create(name));
        if (found && !incoming.takeUp()) {
            incoming.file.close();
            return new IncomingSnapshot(disk, name, outline, disk.create(name));
        }
        return incoming;
    }

    /** Finds the end of the intact blocks; false when they are not of this snapshot. */
    private boolean takeUp() throws IOException {
        try (FileBlockSource source = new FileBlockSource(disk, name)) {
            for (SnapshotBlock block = nextIntact(source); block != null; block = nextIntact(source)) {
                if (blocks == 0 && !isHead(block)) {
                    return false;
                }
                blocks++;
                received += block.length();
            }
            return blocks > 0 && received <= outline.bytes();
        }
    }

    private @Nullable SnapshotBlock nextIntact(FileBlockSource source) throws IOException {
        try {
            SnapshotBlock block = source.next();
            return block != null && block.number() == blocks && block.isIntact() ? block : null;
        } catch (SkeinException torn) {
            return null;
        }
    }

    private boolean isHead(SnapshotBlock block) {
        if (block.kind() != BlockKind.HEAD) {
            return false;
        }
        byte[] raw = block.raw();
        return raw != null && outline.isOf(SnapshotCodec.decodeHead(raw));
    }

    public SnapshotOutline outline() {
        return outline;
    }

    /** Bytes of intact blocks that are here. */
    public long received() {
        return received;
    }

    public boolean isComplete() {
        return received == outline.bytes();
    }

    /**
     * Takes whole blocks that follow what is here. REPLICATION_REFUSED when they are damaged, do not follow or belong
     * to another snapshot: nothing of them is kept then. STORAGE_FAILURE when they cannot be written.
     */
    public void add(long offset, ByteBuffer bytes) {
        if (offset != received) {
            throw refused("blocks at offset " + offset + " do not follow " + received + " bytes");
        }
        byte[] piece = new byte[bytes.remaining()];
        bytes.duplicate().get(piece);
        int count = check(piece);
        try {
            file.writeAt(received, ByteBuffer.wrap(piece));
            received += piece.length;
            blocks += count;
            if (received - forced >= FORCE_EVERY_BYTES) {
                // so that the last force, which somebody waits for, has little to do
                file.force();
                forced = received;
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private int check(byte[] piece) {
        int count = 0;
        for (int at = 0; at < piece.length; count++) {
            int from = at + SnapshotBlock.HEADER_BYTES;
            SnapshotBlock.Header header =
                    from > piece.length ? null : SnapshotBlock.Header.of(Arrays.copyOfRange(piece, at, from));
            if (header == null || header.stored() > piece.length - from || header.number() != blocks + count) {
                throw refused("block " + (blocks + count) + " is not where it should be");
            }
            SnapshotBlock block = header.with(Arrays.copyOfRange(piece, from, from + header.stored()));
            if (!block.isIntact()) {
                throw refused("block " + header.number() + " arrived damaged");
            }
            if (header.number() == 0 && !isHead(block)) {
                throw refused("the blocks are those of another snapshot");
            }
            at = from + header.stored();
        }
        if (received + piece.length > outline.bytes()) {
            throw refused("there are more than " + outline.bytes() + " bytes");
        }
        return count;
    }

    private SkeinException refused(String reason) {
        return new SkeinException(
                ErrorCode.REPLICATION_REFUSED,
                "What arrived of the snapshot at record " + outline.position().lsn() + " cannot be used: " + reason
                        + ". Send what follows byte " + received + ".");
    }

    private SkeinException notWritten(IOException cause) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The snapshot " + disk.describe(name) + ", which the MAIN sends, could not be written: "
                        + cause.getMessage() + ". The database here is as it was. Free space on the disk or check it;"
                        + " the MAIN tries again.",
                cause);
    }

    /**
     * Once complete: forces it and reads it back, with every checksum. STORAGE_FAILURE when it is not whole; nothing of
     * it is kept then, and the next attempt begins anew.
     */
    public SnapshotContent verify() {
        try {
            file.force();
            disk.forceDirectory();
            try (BlockSource source = new FileBlockSource(disk, name)) {
                SnapshotContent content = SnapshotLoader.verify(source);
                if (!outline.isOf(content.head()) || content.bytes() != outline.bytes()) {
                    throw SnapshotDamage.in(disk.describe(name), "it is not the snapshot that was announced");
                }
                return content;
            }
        } catch (IOException e) {
            throw notWritten(e);
        } catch (RuntimeException e) {
            discard(e);
            throw e;
        }
    }

    private void discard(RuntimeException reason) {
        try {
            close();
            disk.delete(name);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** What has arrived stays. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw notWritten(e);
        }
    }
}
