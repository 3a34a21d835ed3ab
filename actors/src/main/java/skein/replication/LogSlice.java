package skein.replication;

import java.nio.ByteBuffer;
import java.util.Optional;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordHeader;
import skein.storage.wal.LogChunk;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/** Cuts a piece of log at a record: replicas that may only have decided records get no more than those. */
final class LogSlice {
    private LogSlice() {}

    /** The records of the chunk up to this lsn; empty when it begins after it. */
    static Optional<LogChunk> upTo(LogChunk chunk, long lsn) {
        if (chunk.last().lsn() <= lsn) {
            return Optional.of(chunk);
        }
        if (chunk.previous().lsn() >= lsn) {
            return Optional.empty();
        }
        ByteBuffer records = chunk.records();
        byte[] bytes = records.array();
        int begin = records.arrayOffset() + records.position();
        int limit = begin + records.remaining();
        int at = begin;
        Epoch epoch = chunk.previous().epoch();
        LogPosition last = chunk.previous();
        while (at < limit) {
            RecordHeader header = RecordCodec.header(bytes, at, limit);
            if (header.lsn() > lsn) {
                break;
            }
            epoch = epochOf(header, bytes, at, limit, epoch);
            last = new LogPosition(epoch, header.lsn(), header.crc());
            at += header.length();
        }
        return Optional.of(new LogChunk(chunk.previous(), ByteBuffer.wrap(bytes, begin, at - begin), last));
    }

    private static Epoch epochOf(RecordHeader header, byte[] bytes, int at, int limit, Epoch before) {
        if (header.epochNumber() == before.number()) {
            return before;
        }
        return RecordCodec.decode(bytes, at, limit).body() instanceof RecordBody.ReignOpening opening
                ? new Epoch(header.epochNumber(), opening.reign())
                : before;
    }
}
