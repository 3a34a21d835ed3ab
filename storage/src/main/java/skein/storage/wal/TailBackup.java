package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.LogPosition;

/**
 * Keeps what a log drops from its end, in the files {@code FIRSTLSN.N.tail}: a segment's header, which names the record
 * before the first, then the bytes as they stood in the log, marks included, at the end of a torn tail perhaps no whole
 * record. {@code N} tells apart tails that begin at the same record. A few are kept; those go first that begin
 * earliest.
 */
final class TailBackup implements AutoCloseable {
    static final String SUFFIX = ".tail";

    /** More than these go: a replica that is cut off again and again must not fill the disk. */
    private static final int KEPT = 16;

    private static final int COPY_BYTES = 64 << 10;

    private final LogDisk disk;
    private final String name;
    private final LogFile file;
    private long end = SegmentFormat.HEADER_BYTES;

    private TailBackup(LogDisk disk, String name, LogFile file) {
        this.disk = disk;
        this.name = name;
        this.file = file;
    }

    /** @param base the record before the tail */
    static TailBackup begin(LogDisk disk, UUID databaseId, LogPosition base) throws IOException {
        String first = SegmentFormat.nameOf(base.lsn() + 1).replace(SegmentFormat.SUFFIX, "");
        List<String> names = disk.list();
        int number = 1;
        while (names.contains(first + "." + number + SUFFIX)) {
            number++;
        }
        String name = first + "." + number + SUFFIX;
        LogFile file = disk.create(name + SegmentStore.NEW_SUFFIX);
        TailBackup backup = new TailBackup(disk, name, file);
        try {
            file.writeAt(0, ByteBuffer.wrap(SegmentFormat.encode(new SegmentFormat.Header(databaseId, base))));
            return backup;
        } catch (IOException e) {
            backup.close();
            throw e;
        }
    }

    /** Adds the bytes between two offsets of a segment. */
    void copy(LogFile from, long start, long limit) throws IOException {
        byte[] piece = new byte[COPY_BYTES];
        for (long at = start; at < limit; ) {
            int count = from.readAt(at, piece, 0, (int) Math.min(piece.length, limit - at));
            if (count <= 0) {
                throw new IOException("the file ended at " + at + " while it was read up to " + limit);
            }
            file.writeAt(end, ByteBuffer.wrap(piece, 0, count));
            end += count;
            at += count;
        }
    }

    /** Returns when the file is durable; null, and no file, when there was nothing to keep. */
    LogNote.@Nullable TailDropped finish(long records) throws IOException {
        long bytes = end - SegmentFormat.HEADER_BYTES;
        if (bytes == 0) {
            disk.delete(name + SegmentStore.NEW_SUFFIX);
            return null;
        }
        file.force();
        disk.rename(name + SegmentStore.NEW_SUFFIX, name);
        removeOld();
        disk.forceDirectory();
        return new LogNote.TailDropped(records, bytes, disk.describe(name));
    }

    private void removeOld() throws IOException {
        List<String> tails = disk.list().stream()
                .filter(other -> other.endsWith(SUFFIX) && !other.equals(name))
                .sorted()
                .toList();
        for (String old : tails.subList(0, Math.max(0, tails.size() - KEPT + 1))) {
            disk.delete(old);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
