package skein.storage.wal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.storage.log.RecordChain;
import skein.storage.log.RecordView;
import skein.storage.wal.MarkFile.Marks;
import skein.storage.wal.SegmentReader.Entry;
import skein.vocabulary.LogPosition;

/**
 * Opens the files of a log: checks every header, record and the chain from the first to the last record, and finds the
 * end. What is torn at the end is removed by writing the last segment afresh; segments that were about to be deleted
 * are deleted; any other damage is refused, with nothing changed.
 */
final class Recovery {
    private final LogDisk disk;
    private final MarkFile markFile;
    private final LogSettings settings;
    private final long databaseUuidLow;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> superfluous = new ArrayList<>();
    private LogPosition end = LogPosition.START;
    private Lineage lineage = new Lineage(LogPosition.START, List.of());

    private Recovery(LogDisk disk, MarkFile markFile, LogSettings settings) {
        this.disk = disk;
        this.markFile = markFile;
        this.settings = settings;
        this.databaseUuidLow = markFile.marks().databaseId().getLeastSignificantBits();
    }

    /** A log ready to be appended to: all that was found is on disk. */
    record Recovered(
            SegmentStore store,
            MarkFile markFile,
            LogPosition end,
            Lineage lineage,
            LogNote.@Nullable TailDropped torn) {}

    static Recovered open(LogDisk disk, LogSettings settings) throws IOException {
        List<String> names = new ArrayList<>(disk.list());
        removeUnfinished(disk, names);
        // a name seen here may have been given just before a kill; what follows relies on it
        disk.forceDirectory();
        List<String> segmentNames =
                names.stream().filter(SegmentFormat::isName).sorted().toList();
        MarkFile markFile = openMarks(disk, names, segmentNames, settings);
        Recovery recovery = new Recovery(disk, markFile, settings);
        try {
            Recovered recovered = recovery.run(segmentNames);
            recovery.removeSuperfluous();
            return recovered;
        } catch (IOException | RuntimeException e) {
            recovery.closeFiles();
            throw e;
        }
    }

    /** What a crash left of a file that had no name yet. */
    private static void removeUnfinished(LogDisk disk, List<String> names) throws IOException {
        for (String name : List.copyOf(names)) {
            if (SegmentStore.isUnfinished(name)) {
                disk.delete(name);
                names.remove(name);
            }
        }
    }

    private void removeSuperfluous() throws IOException {
        if (superfluous.isEmpty()) {
            return;
        }
        // the mark that says where the log begins may have been written just before a kill
        markFile.force();
        for (String name : superfluous) {
            disk.delete(name);
        }
        disk.forceDirectory();
    }

    private void closeFiles() throws IOException {
        markFile.close();
        for (Segment segment : segments) {
            segment.closeFile();
        }
    }

    private static MarkFile openMarks(LogDisk disk, List<String> names, List<String> segmentNames, LogSettings settings)
            throws IOException {
        if (names.contains(MarkFile.NAME)) {
            return MarkFile.open(disk);
        }
        if (!segmentNames.isEmpty()) {
            throw LogDamage.in(disk.describe(MarkFile.NAME), "the file is missing although there are segments");
        }
        return MarkFile.create(disk, settings.idForCreation(), 0);
    }

    private Recovered run(List<String> found) throws IOException {
        List<String> names = withoutDropped(withoutStub(found));
        if (names.isEmpty()) {
            checkEnd(disk.describe(""), 0);
            segments.add(SegmentStore.create(disk, markFile.marks().databaseId(), LogPosition.START));
            return recovered(SegmentFormat.HEADER_BYTES, null);
        }
        for (String name : names) {
            segments.add(openSegment(name));
            if (segments.size() < names.size()) {
                walkSealed(segments.getLast());
            }
        }
        return recoverLast(segments.getLast());
    }

    /** A last segment too short for its header holds nothing; whether something is missing shows at the end. */
    private List<String> withoutStub(List<String> names) throws IOException {
        if (names.isEmpty()) {
            return names;
        }
        try (LogFile last = disk.open(names.getLast())) {
            if (last.size() >= SegmentFormat.HEADER_BYTES) {
                return names;
            }
        }
        if (names.size() > 1) {
            superfluous.add(names.getLast());
        }
        return names.subList(0, names.size() - 1);
    }

    /** Segments before the start that the mark remembers were being deleted when the process ended. */
    private List<String> withoutDropped(List<String> names) {
        int first = names.indexOf(SegmentFormat.nameOf(markFile.marks().droppedLsn() + 1));
        if (first <= 0) {
            return names;
        }
        superfluous.addAll(names.subList(0, first));
        return names.subList(first, names.size());
    }

    private SegmentStore store(long preparedTo) {
        return new SegmentStore(disk, markFile.marks().databaseId(), settings, segments, preparedTo);
    }

    private Recovered recovered(long preparedTo, LogNote.@Nullable TailDropped torn) {
        return new Recovered(store(preparedTo), markFile, end, lineage, torn);
    }

    /** Reads the header, which must continue the segment before. */
    private Segment openSegment(String name) throws IOException {
        byte[] bytes = new byte[SegmentFormat.HEADER_BYTES];
        try (LogFile file = disk.open(name)) {
            file.readAt(0, bytes, 0, bytes.length);
        }
        String place = disk.describe(name) + " at offset 0";
        SegmentFormat.Header header = SegmentFormat.decodeHeader(bytes)
                .orElseThrow(() -> LogDamage.in(place, "the header of the segment is not intact"));
        Marks marks = markFile.marks();
        if (!header.databaseId().equals(marks.databaseId())) {
            throw LogDamage.in(
                    place, "the segment belongs to database " + header.databaseId() + ", not " + marks.databaseId());
        }
        if (!SegmentFormat.nameOf(header.base().lsn() + 1).equals(name)) {
            throw LogDamage.in(
                    place, "the segment begins with record " + (header.base().lsn() + 1));
        }
        checkContinues(header.base(), marks, place);
        return new Segment(disk, name, header.base());
    }

    private void checkContinues(LogPosition base, Marks marks, String place) throws IOException {
        if (!segments.isEmpty()) {
            if (!base.equals(end)) {
                checkSealed(segments.getLast(), base);
                throw LogDamage.in(place, "the segment continues " + base + ", the one before it ends with " + end);
            }
            return;
        }
        if (base.lsn() != marks.droppedLsn()) {
            throw LogDamage.in(
                    place,
                    "the first segment begins after record " + base.lsn() + ", but records from "
                            + (marks.droppedLsn() + 1) + " on are needed");
        }
        end = base;
        lineage = new Lineage(base, pastReigns(base));
    }

    /** Only zeros follow the last record of a whole segment: anything else is where reading had to stop. */
    private void checkSealed(Segment segment, LogPosition next) throws IOException {
        LogFile file = segment.file();
        long size = file.size();
        boolean whole = new SegmentReader(file, segment.endOffset(), size).isZero(segment.endOffset(), size);
        segment.closeFile();
        if (!whole) {
            throw LogDamage.at(
                    segment,
                    segment.endOffset(),
                    "record " + (end.lsn() + 1) + " is not intact, and the next segment continues record "
                            + next.lsn());
        }
    }

    /** The reigns of what is not in the log; the last of them goes on in the first segment. */
    private List<LogPosition> pastReigns(LogPosition base) throws IOException {
        if (base.lsn() == 0) {
            return List.of();
        }
        if (!disk.list().contains(LineageFile.NAME)) {
            throw LogDamage.in(
                    disk.describe(LineageFile.NAME) + " at offset 0",
                    "the file is missing although records up to " + base.lsn() + " were dropped");
        }
        List<LogPosition> all = LineageFile.read(disk, markFile.marks().databaseId());
        Lineage past = new Lineage(base, new Lineage(base, all).reignsUpTo(base.lsn()));
        if (!past.reigns().isEmpty() && !past.reigns().getLast().epoch().equals(base.epoch())) {
            throw LogDamage.in(
                    disk.describe(LineageFile.NAME) + " at offset 0",
                    "the last reign before record " + (base.lsn() + 1) + " is "
                            + past.reigns().getLast() + ", the log continues " + base);
        }
        return past.reigns();
    }

    private void walkSealed(Segment segment) throws IOException {
        SegmentReader reader = new SegmentReader(
                segment.file(), SegmentFormat.HEADER_BYTES, segment.file().size());
        walk(segment, reader);
        segment.closeFile();
    }

    private Recovered recoverLast(Segment segment) throws IOException {
        long size = segment.file().size();
        SegmentReader reader = new SegmentReader(segment.file(), SegmentFormat.HEADER_BYTES, size);
        walk(segment, reader);
        checkEnd(segment.describe(segment.endOffset()), end.lsn());
        new TornTail(segment, reader, databaseUuidLow, end.lsn() + 1, size).check();
        if (reader.isZero(segment.endOffset(), size)) {
            segment.file().force();
            return recovered(size, null);
        }
        SegmentStore store = store(segment.endOffset());
        LogNote.TailDropped torn = saveTorn(store, reader, segment.endOffset(), size);
        store.truncateAfter(end);
        return new Recovered(store, markFile, end, lineage, torn);
    }

    /** Whole records may stand behind the missing one; they were never promised, and a gap is before them. */
    private LogNote.@Nullable TailDropped saveTorn(SegmentStore store, SegmentReader reader, long from, long size)
            throws IOException {
        long records = 0;
        long tornEnd = from;
        for (long place = from; place < size; place += SegmentFormat.ALIGNMENT_BYTES) {
            records += reader.entryAt(place) instanceof Entry.Found ? 1 : 0;
            long next = Math.min(size, place + SegmentFormat.ALIGNMENT_BYTES);
            tornEnd = reader.isZero(place, next) ? tornEnd : next;
        }
        return store.saveTorn(end, records, tornEnd);
    }

    /** The log must reach as far as it is known to have been forced. */
    private void checkEnd(String place, long endLsn) {
        Marks marks = markFile.marks();
        if (endLsn < marks.forcedLsn() || endLsn < marks.droppedLsn()) {
            throw LogDamage.in(
                    place,
                    "the log ends after record " + endLsn + ", but it had reached record "
                            + Math.max(marks.forcedLsn(), marks.droppedLsn()) + " on disk, of which "
                            + marks.decidedLsn() + " are decided");
        }
    }

    /** Reads entries as long as they are intact; moves the end. */
    private void walk(Segment segment, SegmentReader reader) throws IOException {
        while (true) {
            switch (reader.next()) {
                case Entry.Mark(SegmentFormat.Mark mark) -> checkMark(segment, reader, mark);
                case Entry.Found(RecordView record) -> {
                    Optional<String> mismatch = RecordChain.mismatch(end, databaseUuidLow, record);
                    if (mismatch.isPresent()) {
                        throw LogDamage.at(segment, reader.offset(), mismatch.get());
                    }
                    LogPosition next = RecordChain.advance(end, record);
                    lineage = lineage.with(end, next);
                    end = next;
                    segment.indexRecord(next.lsn(), reader.offset());
                }
                case Entry.Nothing ignored -> {
                    return;
                }
            }
            segment.endAt(reader.end());
        }
    }

    private void checkMark(Segment segment, SegmentReader reader, SegmentFormat.Mark mark) {
        boolean fits = mark.databaseUuidLow() == databaseUuidLow
                && mark.firstLsn() == end.lsn() + 1
                && mark.forcedLsn() <= end.lsn();
        if (!fits) {
            throw LogDamage.at(
                    segment, reader.offset(), "a batch begins with record " + mark.firstLsn() + " after " + end.lsn());
        }
    }
}
