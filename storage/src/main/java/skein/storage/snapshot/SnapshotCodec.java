package skein.storage.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import skein.storage.log.ByteReader;
import skein.storage.log.ByteWriter;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordStamp;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * First and last block of a snapshot as bytes. Numbers of fixed width are big-endian.
 *
 * <pre>
 * HEAD  database UUID (u64, u64), position, created u64 (microseconds since 1970), node limit u32, relationship limit u32
 * FOOT  HEAD again, varint count of EPOCH records, so many positions, nodes u64, relationships u64, state hash u64,
 *       varint count of blocks before this one, so many crc32c u32, and with its length as varint one SCHEMA record as
 *       {@link RecordCodec} writes it: dictionary, indexes, constraints
 *
 * position  epoch number u64, reign UUID (u64, u64), lsn u64, crc u32
 * </pre>
 */
final class SnapshotCodec {
    private static final int POSITION_BYTES = 36;
    private static final int HEAD_BYTES = 68;

    private SnapshotCodec() {}

    static ByteWriter encode(SnapshotHead head) {
        ByteWriter out = new ByteWriter(HEAD_BYTES);
        write(out, head);
        return out;
    }

    private static void write(ByteWriter out, SnapshotHead head) {
        writeUuid(out, head.databaseId());
        writePosition(out, head.position());
        out.putLong(head.createdMicros());
        out.putInt(head.nodeLimit());
        out.putInt(head.relationshipLimit());
    }

    static SnapshotHead decodeHead(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        SnapshotHead head = readHead(in);
        in.require(!in.hasRemaining(), "bytes follow the head of a snapshot");
        return head;
    }

    private static SnapshotHead readHead(ByteReader in) {
        UUID id = readUuid(in);
        SnapshotHead head = new SnapshotHead(id, readPosition(in), in.readLong(), in.readInt(), in.readInt());
        in.require(head.nodeLimit() >= 0 && head.relationshipLimit() >= 0, "a limit is negative");
        return head;
    }

    static ByteWriter encode(SnapshotFoot foot) {
        ByteWriter out = new ByteWriter(1 << 12);
        write(out, foot.head());
        out.putVarint(foot.lineage().size());
        foot.lineage().forEach(position -> writePosition(out, position));
        out.putLong(foot.nodes());
        out.putLong(foot.relationships());
        out.putLong(foot.stateHash());
        out.putVarint(foot.blockCrcs().length);
        for (int crc : foot.blockCrcs()) {
            out.putInt(crc);
        }
        SnapshotHead head = foot.head();
        LogPosition position = head.position();
        out.putSized(RecordCodec.encode(
                foot.namesAndSchema(),
                new RecordStamp(
                        head.databaseId().getLeastSignificantBits(),
                        position.epoch().number(),
                        position.lsn(),
                        position.lsn(),
                        position.crc())));
        return out;
    }

    static SnapshotFoot decodeFoot(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        SnapshotHead head = readHead(in);
        int reigns = in.readCount(POSITION_BYTES);
        List<LogPosition> lineage = new ArrayList<>(reigns);
        for (int i = 0; i < reigns; i++) {
            lineage.add(readPosition(in));
        }
        long nodes = in.readLong();
        long relationships = in.readLong();
        long stateHash = in.readLong();
        int[] crcs = new int[in.readCount(Integer.BYTES)];
        for (int i = 0; i < crcs.length; i++) {
            crcs[i] = in.readInt();
        }
        RecordBody body = RecordCodec.decode(in.readSized()).body();
        in.require(!in.hasRemaining(), "bytes follow the foot of a snapshot");
        if (body instanceof RecordBody.SchemaChanges namesAndSchema) {
            return new SnapshotFoot(head, lineage, nodes, relationships, stateHash, crcs, namesAndSchema);
        }
        throw in.refusal("the foot of a snapshot has no schema");
    }

    private static void writeUuid(ByteWriter out, UUID uuid) {
        out.putLong(uuid.getMostSignificantBits());
        out.putLong(uuid.getLeastSignificantBits());
    }

    private static UUID readUuid(ByteReader in) {
        return new UUID(in.readLong(), in.readLong());
    }

    private static void writePosition(ByteWriter out, LogPosition position) {
        out.putLong(position.epoch().number());
        writeUuid(out, position.epoch().reign());
        out.putLong(position.lsn());
        out.putInt(position.crc());
    }

    private static LogPosition readPosition(ByteReader in) {
        long number = in.readLong();
        UUID reign = readUuid(in);
        long lsn = in.readLong();
        in.require(number >= 0 && lsn >= 0, "a position is negative");
        return new LogPosition(new Epoch(number, reign), lsn, in.readInt());
    }
}
