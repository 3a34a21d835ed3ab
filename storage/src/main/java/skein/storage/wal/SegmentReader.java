package skein.storage.wal;

import java.io.IOException;
import java.util.Optional;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordView;

/**
 * Walks over the entries of a segment file: marks and records. Stops at the first place where neither stands intact. A
 * length is believed only as far as the file reaches. Used by one thread.
 */
final class SegmentReader {
    private static final int BUFFER_BYTES = 256 << 10;

    private final LogFile file;
    private final long limit;
    private byte[] buffer = new byte[0];
    private long bufferStart;
    private int bufferLength;
    private long offset;
    private long next;

    /** @param limit entries end at or before this offset, at most the size of the file */
    SegmentReader(LogFile file, long from, long limit) {
        this.file = file;
        this.limit = limit;
        this.next = from;
        this.bufferStart = from;
    }

    /** What stands at one place. */
    sealed interface Entry {
        record Mark(SegmentFormat.Mark mark) implements Entry {}

        /** @param record its bytes are valid until the reader moves on */
        record Found(RecordView record) implements Entry {}

        /** Neither; also the end of the file. */
        record Nothing() implements Entry {}

        Entry NOTHING = new Nothing();
    }

    /** Moves to the next entry. After {@link Entry.Nothing} the reader stays where it is. */
    Entry next() throws IOException {
        Entry entry = entryAt(next);
        offset = next;
        next += switch (entry) {
            case Entry.Mark ignored -> SegmentFormat.MARK_BYTES;
            case Entry.Found found -> found.record().header().length();
            case Entry.Nothing ignored -> 0;
        };
        return entry;
    }

    /** Where the entry begins that {@link #next} answered. */
    long offset() {
        return offset;
    }

    /** Where the entry ends that {@link #next} answered. */
    long end() {
        return next;
    }

    /** Looks at any place, which need not be the beginning of an entry. */
    Entry entryAt(long place) throws IOException {
        if (limit - place < SegmentFormat.MARK_BYTES) {
            return Entry.NOTHING;
        }
        load(place, (int) Math.min(limit - place, RecordCodec.HEADER_BYTES));
        int at = (int) (place - bufferStart);
        if (SegmentFormat.mayBeMark(buffer, at)) {
            Optional<SegmentFormat.Mark> mark = SegmentFormat.decodeMark(buffer, at);
            return mark.isPresent() ? new Entry.Mark(mark.get()) : Entry.NOTHING;
        }
        int length = RecordCodec.lengthAt(buffer, at, limit - place);
        if (length < 0) {
            return Entry.NOTHING;
        }
        load(place, length);
        at = (int) (place - bufferStart);
        return RecordCodec.isIntact(buffer, at, at + length)
                ? new Entry.Found(RecordView.of(buffer, at, at + length))
                : Entry.NOTHING;
    }

    /** Whether the bytes from {@code from} to {@code to} are all zero. */
    boolean isZero(long from, long to) throws IOException {
        for (long place = from; place < to; ) {
            int count = (int) Math.min(to - place, BUFFER_BYTES);
            load(place, count);
            int at = (int) (place - bufferStart);
            for (int i = at; i < at + count; i++) {
                if (buffer[i] != 0) {
                    return false;
                }
            }
            place += count;
        }
        return true;
    }

    /** Makes sure that these bytes, which the file has, are in the buffer. */
    private void load(long from, int count) throws IOException {
        if (from >= bufferStart && from + count <= bufferStart + bufferLength) {
            return;
        }
        int wanted = (int) Math.min(limit - from, Math.max(count, BUFFER_BYTES));
        if (buffer.length < wanted) {
            buffer = new byte[wanted];
        }
        bufferStart = from;
        bufferLength = file.readAt(from, buffer, 0, wanted);
        if (bufferLength < count) {
            throw new IOException("the file ended at " + (from + bufferLength) + " while it was read up to " + limit);
        }
    }
}
