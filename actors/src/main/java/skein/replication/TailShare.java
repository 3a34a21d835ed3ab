package skein.replication;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.Pull;
import skein.protocol.ReplicationProtocol.Pulled;
import skein.protocol.ReplicationProtocol.Reason;
import skein.protocol.ReplicationProtocol.Refusal;
import skein.protocol.WireMessage;
import skein.storage.Database;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordHeader;
import skein.storage.wal.LogChunk;
import skein.storage.wal.LogRead;
import skein.vocabulary.LogPosition;

/** What a log holds beyond some point, for a member that is being promoted. Nothing streams into the log meanwhile. */
public final class TailShare {
    private static final int CHUNK_BYTES = 1 << 20;

    private TailShare() {}

    /** The answer of a member that has pledged. */
    public static WireMessage answer(DatabaseCell cell, Pull pull) {
        Database database = cell.database();
        LogPosition after = pull.after();
        LogRead read = database.read(after.lsn(), CHUNK_BYTES);
        if (read instanceof LogRead.NotHeld(LogPosition start)) {
            return new Refusal(Reason.OUT_OF_SEQUENCE, "it keeps no records before lsn " + start.lsn() + " any more");
        }
        Optional<LogPosition> ours =
                after.lsn() == 0 ? Optional.of(LogPosition.START) : database.positionOf(after.lsn());
        if (!ours.equals(Optional.of(after))) {
            return new Refusal(Reason.DIVERGED, "the records at lsn " + after.lsn() + " differ: it holds " + ours);
        }
        return read instanceof LogRead.Found(LogChunk chunk)
                ? new Pulled(pull.database(), chunk.previous(), chunk.last(), chunk.records())
                : new Pulled(pull.database(), after, after, ByteBuffer.allocate(0));
    }

    /** Payloads of SYSTEM records that are not applied yet, in order. */
    public static List<byte[]> undecidedSystemRecords(DatabaseCell cell) {
        Database database = cell.database();
        List<byte[]> payloads = new ArrayList<>();
        long after = database.appliedLsn();
        while (database.read(after, CHUNK_BYTES) instanceof LogRead.Found(LogChunk chunk)) {
            ByteBuffer records = chunk.records();
            byte[] bytes = records.array();
            int at = records.arrayOffset() + records.position();
            int limit = at + records.remaining();
            while (at < limit) {
                RecordHeader header = RecordCodec.header(bytes, at, limit);
                if (RecordCodec.decode(bytes, at, limit).body() instanceof RecordBody.SystemPayload system) {
                    payloads.add(system.payload());
                }
                at += header.length();
            }
            after = chunk.last().lsn();
        }
        return payloads;
    }
}
