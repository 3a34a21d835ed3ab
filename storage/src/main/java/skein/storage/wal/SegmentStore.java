package skein.storage.wal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import skein.storage.failpoint.FailPoint;
import skein.storage.log.RecordChain;
import skein.storage.log.RecordView;
import skein.storage.wal.SegmentReader.Entry;
import skein.storage.wal.core.SegmentSpan;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;

/**
 * The segment files of one log. Changed by the log's thread only; read by any thread. A segment that a reader uses is
 * not replaced or removed under it.
 *
 * <p>Space is written with zeros ahead of the records, in steps that grow with the segment: forcing bytes inside a file
 * costs less than forcing bytes that make it longer, and a small log stays small.
 */
final class SegmentStore implements AutoCloseable {
    static final String NEW_SUFFIX = ".tmp";
    private static final long AHEAD_BYTES_MIN = 64 << 10;
    private static final long AHEAD_BYTES_MAX = 4 << 20;
    private static final int ZEROS_BYTES = 64 << 10;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(ZEROS_BYTES).asReadOnlyBuffer();

    private final LogDisk disk;
    private final UUID databaseId;
    private final int segmentBytes;
    private final boolean keepsTails;
    private final Platform platform;

    /** A restart forgets how old a segment is. */
    private final long openedNanos;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile List<Segment> segments;
    private long preparedTo;
    private boolean preparing = true;

    /** @param preparedTo up to here the last segment holds records or zeros */
    SegmentStore(LogDisk disk, UUID databaseId, LogSettings settings, List<Segment> segments, long preparedTo) {
        this.disk = disk;
        this.databaseId = databaseId;
        this.segmentBytes = settings.segmentBytes();
        this.keepsTails = settings.keepsTails();
        this.platform = settings.platform();
        this.openedNanos = platform.nanoTime();
        this.segments = List.copyOf(segments);
        this.preparedTo = preparedTo;
    }

    UUID databaseId() {
        return databaseId;
    }

    String describe() {
        return disk.describe("");
    }

    /** The segment that is written to. */
    Segment active() {
        return segments.getLast();
    }

    LogPosition start() {
        return segments.getFirst().base();
    }

    /** Whether so many bytes may go into the active segment; an empty one takes anything. */
    boolean fits(long pendingBytes, int more) {
        Segment active = active();
        return active.endOffset() + pendingBytes + more <= segmentBytes || (active.isEmpty() && pendingBytes == 0);
    }

    /** Ends the active segment, whose bytes must be forced, and begins another after {@code last}. */
    void roll(LogPosition last) throws IOException {
        active().restsSince(platform.nanoTime());
        Segment next = create(disk, databaseId, last);
        List<Segment> more = new ArrayList<>(segments);
        more.add(next);
        segments = List.copyOf(more);
        preparedTo = SegmentFormat.HEADER_BYTES;
        preparing = true;
    }

    /** Makes an empty segment, durably. */
    static Segment create(LogDisk disk, UUID databaseId, LogPosition base) throws IOException {
        String name = SegmentFormat.nameOf(base.lsn() + 1);
        try (LogFile fresh = disk.create(name + NEW_SUFFIX)) {
            fresh.writeAt(0, ByteBuffer.wrap(SegmentFormat.encode(new SegmentFormat.Header(databaseId, base))));
            fresh.force();
        }
        disk.rename(name + NEW_SUFFIX, name);
        disk.forceDirectory();
        return new Segment(disk, name, base);
    }

    static boolean isUnfinished(String name) {
        return name.endsWith(NEW_SUFFIX);
    }

    /**
     * Writes zeros ahead of the records when little room is left. What is under way when the disk gets full goes there;
     * otherwise only speed depends on it, and the write that needs the room will tell. Fails only for lack of space.
     */
    void prepareAhead() throws IOException {
        Segment active = active();
        long end = active.endOffset();
        long ahead = Math.clamp(end, AHEAD_BYTES_MIN, AHEAD_BYTES_MAX);
        long from = Math.max(preparedTo, end);
        long to = Math.min(segmentBytes, from + ahead);
        if (!preparing || from - end > ahead / 2 || to <= from) {
            return;
        }
        try {
            for (long at = from; at < to; at += ZEROS_BYTES) {
                active.file().writeAt(at, ZEROS.slice(0, (int) Math.min(ZEROS_BYTES, to - at)));
            }
            preparedTo = to;
        } catch (IOException e) {
            if (DiskSpace.isShort(e)) {
                throw e;
            }
            preparing = false;
        }
    }

    /**
     * Records from the files; at least one, then as many as fit. Empty when they were dropped.
     *
     * @param lastLsn the last one wanted; it has been written
     */
    Optional<LogChunk> read(long afterLsn, int bytesMax, long lastLsn, Lineage lineage) throws IOException {
        lock.readLock().lock();
        try {
            // segments may be detached meanwhile; their files stay until this is over
            List<Segment> present = segments;
            if (afterLsn < present.getFirst().base().lsn()) {
                return Optional.empty();
            }
            Segment segment = segmentAfter(present, afterLsn);
            SegmentReader reader = new SegmentReader(segment.file(), segment.offsetNear(afterLsn), segment.endOffset());
            LogPosition previous = seek(segment, reader, afterLsn, lineage);
            return Optional.of(collect(segment, reader, previous, bytesMax, lastLsn));
        } finally {
            lock.readLock().unlock();
        }
    }

    private static Segment segmentAfter(List<Segment> present, long lsn) {
        for (Segment segment : present.reversed()) {
            if (segment.base().lsn() <= lsn) {
                return segment;
            }
        }
        throw new Invariant.InvariantViolation("no segment holds what follows record " + lsn);
    }

    /** Reads up to and with the record, which then is the position answered. */
    private LogPosition seek(Segment segment, SegmentReader reader, long lsn, Lineage lineage) throws IOException {
        if (segment.base().lsn() == lsn) {
            return segment.base();
        }
        while (true) {
            Optional<RecordView> found = nextRecord(segment, reader);
            if (found.isEmpty() || found.get().header().lsn() > lsn) {
                throw LogDamage.at(segment, reader.offset(), "record " + lsn + " is not where it was written");
            }
            if (found.get().header().lsn() == lsn) {
                return new LogPosition(
                        lineage.epochAt(lsn), lsn, found.get().header().crc());
            }
        }
    }

    private LogChunk collect(Segment segment, SegmentReader reader, LogPosition previous, int bytesMax, long lastLsn)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogPosition last = previous;
        while (last.lsn() < lastLsn) {
            Optional<RecordView> found = nextRecord(segment, reader);
            if (found.isEmpty()
                    || (out.size() > 0 && out.size() + found.get().header().length() > bytesMax)) {
                break;
            }
            Optional<String> mismatch = RecordChain.mismatch(last, databaseId.getLeastSignificantBits(), found.get());
            if (mismatch.isPresent()) {
                throw LogDamage.at(segment, reader.offset(), mismatch.get());
            }
            last = RecordChain.advance(last, found.get());
            out.write(
                    found.get().bytes(), found.get().at(), found.get().header().length());
        }
        return new LogChunk(previous, ByteBuffer.wrap(out.toByteArray()), last);
    }

    /** The next record; empty at the end of what was written. */
    private static Optional<RecordView> nextRecord(Segment segment, SegmentReader reader) throws IOException {
        while (true) {
            switch (reader.next()) {
                case Entry.Mark ignored -> {}
                case Entry.Found(RecordView record) -> {
                    return Optional.of(record);
                }
                case Entry.Nothing ignored -> {
                    if (reader.offset() < segment.endOffset()) {
                        throw LogDamage.at(segment, reader.offset(), "the record that was written here is not intact");
                    }
                    return Optional.empty();
                }
            }
        }
    }

    /**
     * Keeps what {@link #truncateAfter} would drop; null when that is nothing.
     *
     * @param records how many follow
     */
    LogNote.@Nullable TailDropped saveTail(LogPosition last, long records) throws IOException {
        if (!keepsTails) {
            return records == 0 ? null : new LogNote.TailDropped(records, bytesAfter(last), "");
        }
        try (TailBackup backup = TailBackup.begin(disk, databaseId, last)) {
            for (Segment segment : segments) {
                backup.copy(segment.file(), offsetAfter(segment, last), segment.endOffset());
            }
            return backup.finish(records);
        }
    }

    /** Keeps what stands after the intact part of the last segment, as far as it is not zero. */
    LogNote.@Nullable TailDropped saveTorn(LogPosition last, long records, long tornEnd) throws IOException {
        Segment segment = active();
        if (!keepsTails) {
            return new LogNote.TailDropped(records, tornEnd - segment.endOffset(), "");
        }
        try (TailBackup backup = TailBackup.begin(disk, databaseId, last)) {
            backup.copy(segment.file(), segment.endOffset(), tornEnd);
            return backup.finish(records);
        }
    }

    private long bytesAfter(LogPosition last) throws IOException {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.endOffset() - offsetAfter(segment, last);
        }
        return bytes;
    }

    /** Where the first record of a segment begins that comes after {@code last}; its end when there is none. */
    private long offsetAfter(Segment segment, LogPosition last) throws IOException {
        if (segment.base().lsn() >= last.lsn()) {
            return SegmentFormat.HEADER_BYTES;
        }
        SegmentReader reader = new SegmentReader(segment.file(), segment.offsetNear(last.lsn()), segment.endOffset());
        while (true) {
            Optional<RecordView> found = nextRecord(segment, reader);
            if (found.isEmpty() || found.get().header().lsn() == last.lsn()) {
                return found.isEmpty() ? segment.endOffset() : reader.end();
            }
        }
    }

    /**
     * Makes {@code last} the last record on disk, durably. Segments after it go first, so that a crash in between
     * leaves a longer log, never one with a gap; then the segment it is in is written afresh and takes the old one's
     * name. May be called again after it failed for lack of space.
     */
    void truncateAfter(LogPosition last) throws IOException {
        lock.writeLock().lock();
        try {
            List<Segment> kept = new ArrayList<>(segments);
            while (kept.getLast().base().lsn() > last.lsn()) {
                remove(kept.removeLast());
                disk.forceDirectory();
                segments = List.copyOf(kept);
            }
            Segment old = kept.removeLast();
            Segment fresh = copyUpTo(old, last);
            FailPoint.TRUNCATE_BEFORE_RENAME.reachedDisk();
            old.closeFile();
            disk.rename(fresh.name() + NEW_SUFFIX, fresh.name());
            FailPoint.TRUNCATE_AFTER_RENAME.reached();
            disk.forceDirectory();
            kept.add(fresh);
            segments = List.copyOf(kept);
            preparedTo = fresh.endOffset();
            preparing = true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Segment copyUpTo(Segment old, LogPosition last) throws IOException {
        Segment fresh = new Segment(disk, old.name(), old.base());
        try (LogFile copy = disk.create(old.name() + NEW_SUFFIX)) {
            byte[] header = SegmentFormat.encode(new SegmentFormat.Header(databaseId, old.base()));
            copy.writeAt(0, ByteBuffer.wrap(header));
            SegmentReader reader = new SegmentReader(old.file(), SegmentFormat.HEADER_BYTES, old.endOffset());
            long end = SegmentFormat.HEADER_BYTES;
            long lsn = old.base().lsn();
            if (lsn < last.lsn()) {
                byte[] mark = SegmentFormat.encode(
                        new SegmentFormat.Mark(databaseId.getLeastSignificantBits(), lsn + 1, lsn));
                copy.writeAt(end, ByteBuffer.wrap(mark));
                end += mark.length;
            }
            while (lsn < last.lsn()) {
                RecordView record = nextRecord(old, reader)
                        .orElseThrow(() -> LogDamage.at(old, reader.offset(), "the log ends too early"));
                int length = record.header().length();
                lsn = record.header().lsn();
                fresh.indexRecord(lsn, end);
                copy.writeAt(end, ByteBuffer.wrap(record.bytes(), record.at(), length));
                end += length;
            }
            copy.force();
            fresh.endAt(end);
        }
        return fresh;
    }

    /** What there is, oldest first. */
    List<SegmentSpan> spans(long endLsn) {
        lock.readLock().lock();
        try {
            List<SegmentSpan> spans = new ArrayList<>();
            List<Segment> present = segments;
            long now = platform.nanoTime();
            for (int i = 0; i < present.size(); i++) {
                boolean last = i == present.size() - 1;
                long lastLsn = last ? endLsn : present.get(i + 1).base().lsn();
                Long since = present.get(i).restingSinceNanos();
                long resting = last ? 0 : now - (since == null ? openedNanos : since);
                spans.add(new SegmentSpan(lastLsn, present.get(i).endOffset(), resting));
            }
            return spans;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Where the log would begin without the segments that hold nothing after this lsn; the last one always stays. */
    LogPosition startWithout(long lsn) {
        LogPosition start = start();
        for (Segment segment : segments) {
            start = segment.base().lsn() <= lsn ? segment.base() : start;
        }
        return start;
    }

    /** Returns when the reigns of what is about to be dropped are durable. */
    void rememberReigns(List<LogPosition> reigns) throws IOException {
        LineageFile.write(disk, databaseId, reigns);
    }

    /** Takes the segments before this start out of the log; their files are there until {@link #delete}. */
    List<Segment> detachBefore(LogPosition start) {
        List<Segment> detached = new ArrayList<>();
        List<Segment> kept = new ArrayList<>();
        for (Segment segment : segments) {
            (segment.base().lsn() < start.lsn() ? detached : kept).add(segment);
        }
        segments = List.copyOf(kept);
        return detached;
    }

    /** Deletes the files of detached segments. Any thread; waits for readers that still use them. */
    void delete(List<Segment> detached) throws IOException {
        FailPoint.RETENTION_BEFORE_DELETE.reachedDisk();
        for (Segment segment : detached) {
            lock.writeLock().lock();
            try {
                segment.closeFile();
            } finally {
                lock.writeLock().unlock();
            }
            disk.delete(segment.name());
        }
        FailPoint.RETENTION_AFTER_DELETE.reached();
        disk.forceDirectory();
    }

    private void remove(Segment segment) throws IOException {
        segment.closeFile();
        disk.delete(segment.name());
    }

    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            for (Segment segment : segments) {
                segment.closeFile();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
