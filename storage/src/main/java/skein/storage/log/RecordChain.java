package skein.storage.log;

import java.util.Optional;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * Whether a record is the next one of a log. It is when it names the log's database, the next lsn and the last record's
 * CRC, and either belongs to the current reign or opens a later one that names the last record as predecessor.
 */
public final class RecordChain {
    private RecordChain() {}

    /** Why an intact record cannot come after {@code end}; empty when it can. */
    public static Optional<String> mismatch(LogPosition end, long databaseUuidLow, RecordView next) {
        RecordHeader header = next.header();
        if (header.databaseUuidLow() != databaseUuidLow) {
            return Optional.of("record %d belongs to another database".formatted(header.lsn()));
        }
        if (header.lsn() != end.lsn() + 1) {
            return Optional.of("record %d stands where %d must".formatted(header.lsn(), end.lsn() + 1));
        }
        if (header.prevCrc() != end.crc()) {
            return Optional.of("record %d follows another record %d (its CRC is %08x, ours %08x)"
                    .formatted(header.lsn(), end.lsn(), header.prevCrc(), end.crc()));
        }
        return header.kind() == RecordKind.EPOCH ? reignMismatch(end, next) : epochMismatch(end, header);
    }

    private static Optional<String> epochMismatch(LogPosition end, RecordHeader header) {
        if (header.epochNumber() == end.epoch().number()) {
            return Optional.empty();
        }
        return Optional.of("record %d is of epoch %d in the reign of epoch %d"
                .formatted(header.lsn(), header.epochNumber(), end.epoch().number()));
    }

    private static Optional<String> reignMismatch(LogPosition end, RecordView next) {
        RecordHeader header = next.header();
        if (header.epochNumber() <= end.epoch().number()) {
            return Optional.of("record %d opens epoch %d after epoch %d"
                    .formatted(header.lsn(), header.epochNumber(), end.epoch().number()));
        }
        if (!next.reignOpening().predecessor().equals(end)) {
            return Optional.of("record %d opens epoch %d after another history: it names %s, ours is %s"
                    .formatted(
                            header.lsn(),
                            header.epochNumber(),
                            next.reignOpening().predecessor(),
                            end));
        }
        return Optional.empty();
    }

    /** The end of the log once this record, which has no {@link #mismatch}, is in it. */
    public static LogPosition advance(LogPosition end, RecordView next) {
        RecordHeader header = next.header();
        Epoch epoch = header.kind() == RecordKind.EPOCH
                ? new Epoch(header.epochNumber(), next.reignOpening().reign())
                : end.epoch();
        return new LogPosition(epoch, header.lsn(), header.crc());
    }
}
