package skein.storage.wal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.storage.log.LogRecord;
import skein.storage.log.RandomRecords;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordHeader;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/** Writes random histories and reads logs back. */
final class RecordedLog {
    static final UUID DATABASE = new UUID(0xDA7ABA5EL, 0x5EED);
    static final int SEGMENT_BYTES = 4 << 10;

    private RecordedLog() {}

    static LogSettings settings() {
        return LogSettings.standard(DATABASE).withSegmentBytes(SEGMENT_BYTES);
    }

    /** Appends so many records, a reign about every 40, flushing each batch. */
    static List<LogPosition> append(WriteAheadLog log, RandomRecords random, int records, int perBatch) {
        List<LogPosition> positions = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            boolean opening = log.end().epoch().number() == 0 || i % 40 == 39;
            positions.add(
                    opening
                            ? log.openReign(new Epoch(log.end().epoch().number() + 1, random.uuid()), i)
                            : log.append(RecordCodec.draft(random.body()), i));
            if (i % perBatch == perBatch - 1) {
                log.flush();
            }
        }
        log.flush();
        return positions;
    }

    /** All records of a log, decoded, read in chunks of this size. */
    static List<LogRecord> readAll(WriteAheadLog log, int chunkBytes) {
        List<LogRecord> records = new ArrayList<>();
        LogPosition last = log.start();
        for (Optional<LogChunk> chunk = log.read(last.lsn(), chunkBytes).found();
                chunk.isPresent();
                chunk = log.read(last.lsn(), chunkBytes).found()) {
            if (!chunk.get().previous().equals(last)) {
                throw new AssertionError("the chunk follows " + chunk.get().previous() + ", not " + last);
            }
            records.addAll(decode(chunk.get()));
            last = chunk.get().last();
        }
        return records;
    }

    static List<LogRecord> decode(LogChunk chunk) {
        byte[] bytes = chunk.records().array();
        List<LogRecord> records = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += records.getLast().header().length()) {
            records.add(RecordCodec.decode(bytes, at, bytes.length));
        }
        return records;
    }

    static List<Integer> crcs(List<LogRecord> records) {
        return records.stream().map(LogRecord::header).map(RecordHeader::crc).toList();
    }

    /** Where the log ends that is on this disk; as {@link WriteAheadLog#open}, without a thread. */
    static LogPosition recover(LogDisk disk) throws IOException {
        Recovery.Recovered recovered = Recovery.open(disk, settings());
        LogPosition end = recovered.end();
        recovered.store().close();
        recovered.markFile().close();
        return end;
    }
}
