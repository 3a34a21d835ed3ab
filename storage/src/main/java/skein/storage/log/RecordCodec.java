package skein.storage.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import skein.storage.api.NameKind;
import skein.storage.log.RecordBody.Abort;
import skein.storage.log.RecordBody.DataChanges;
import skein.storage.log.RecordBody.Noop;
import skein.storage.log.RecordBody.ReignOpening;
import skein.storage.log.RecordBody.SchemaChanges;
import skein.storage.log.RecordBody.SystemPayload;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * Records as bytes: on disk, on the wire, and in memory while they wait.
 *
 * <pre>
 *  0  length u32            whole record, header and padding included; a multiple of 8
 *  4  crc32c u32            of bytes 0..3 and 8..length-1, so it covers prevCrc and with it all that came before
 *  8  magic+format u16      5B 01
 * 10  kind u8               see {@link RecordKind}
 * 11  flags u8              none defined: 0
 * 12  dbUuidLow u64
 * 20  epoch u64             number of the reign
 * 28  sequence u64          the lsn: dense, from 1
 * 36  commitTs u64
 * 44  prevCrc u32           crc32c of the record before; 0 for the first
 * 48  opCount u32
 * 52  body
 *     DATA, SCHEMA   varint count, then so many dictionary additions (kind u8: 0 label, 1 relationship type, 2 property
 *                    key; varint id; text), then opCount operations as {@link OperationCodec} or {@link SchemaCodec} writes them
 *     SYSTEM         varint length, bytes
 *     ABORT          u64 lsn of the aborted record
 *     EPOCH          reign UUID (u64, u64); the record before: epoch number u64, reign UUID, lsn u64, crc u32
 *     NOOP           nothing
 *     zeros up to a multiple of 8
 * </pre>
 *
 * Numbers are big-endian. A record is made in two steps: {@link #draft} packs what it says, {@link #seal} writes into
 * the same array what is known only when it gets its place in the log.
 */
public final class RecordCodec {
    /** Bytes before the body. */
    public static final int HEADER_BYTES = 52;

    /** The longest record there may be: 1 GiB. */
    public static final int RECORD_BYTES_MAX = ByteWriter.BYTES_MAX;

    /** Records begin at multiples of this. */
    public static final int ALIGNMENT = 8;

    private static final int CRC_AT = 4;
    private static final int CRC_END = 8;
    private static final int MAGIC_AT = 8;
    private static final int KIND_AT = 10;
    private static final int FLAGS_AT = 11;
    private static final int DATABASE_AT = 12;
    private static final int EPOCH_AT = 20;
    private static final int LSN_AT = 28;
    private static final int TIMESTAMP_AT = 36;
    private static final int PREV_CRC_AT = 44;
    private static final int COUNT_AT = 48;

    private static final int MAGIC_AND_FORMAT = 0x5B01;
    private static final int ADDITION_BYTES_MIN = 3;

    private RecordCodec() {}

    /**
     * Packs what a record says; everything a {@link RecordStamp} names is still zero. TYPE_ERROR for unstorable values,
     * LIMIT_EXCEEDED above {@link #RECORD_BYTES_MAX}.
     */
    public static byte[] draft(RecordBody body) {
        ByteWriter out = new ByteWriter(4 * HEADER_BYTES);
        out.putBytes(new byte[HEADER_BYTES]);
        int operations = writeBody(out, body);
        out.align(ALIGNMENT);
        byte[] record = out.toArray();
        if (record.length != out.size()) {
            record = Arrays.copyOf(record, out.size());
        }
        ByteWriter.INT.set(record, 0, record.length);
        record[MAGIC_AT] = (byte) (MAGIC_AND_FORMAT >> 8);
        record[MAGIC_AT + 1] = (byte) MAGIC_AND_FORMAT;
        record[KIND_AT] = (byte) body.kind().code();
        ByteWriter.INT.set(record, COUNT_AT, operations);
        return record;
    }

    /** Completes a draft in place and answers its CRC. Sealing it again gives it another place. */
    public static int seal(byte[] draft, RecordStamp stamp) {
        Invariant.check(stamp.lsn() > 0, "lsn %d of a new record is not positive", stamp.lsn());
        ByteWriter.LONG.set(draft, DATABASE_AT, stamp.databaseUuidLow());
        ByteWriter.LONG.set(draft, EPOCH_AT, stamp.epochNumber());
        ByteWriter.LONG.set(draft, LSN_AT, stamp.lsn());
        ByteWriter.LONG.set(draft, TIMESTAMP_AT, stamp.commitTimestamp());
        ByteWriter.INT.set(draft, PREV_CRC_AT, stamp.prevCrc());
        int crc = crcOf(draft, 0, draft.length);
        ByteWriter.INT.set(draft, CRC_AT, crc);
        return crc;
    }

    /** {@link #draft} and {@link #seal} in one. */
    public static byte[] encode(RecordBody body, RecordStamp stamp) {
        byte[] record = draft(body);
        seal(record, stamp);
        return record;
    }

    private static int writeBody(ByteWriter out, RecordBody body) {
        return switch (body) {
            case DataChanges(List<DictionaryAddition> additions, List<GraphOperation> operations) -> {
                writeAdditions(out, additions);
                operations.forEach(operation -> OperationCodec.write(out, operation));
                yield operations.size();
            }
            case SchemaChanges(List<DictionaryAddition> additions, List<SchemaOperation> operations) -> {
                writeAdditions(out, additions);
                operations.forEach(operation -> SchemaCodec.write(out, operation));
                yield operations.size();
            }
            case SystemPayload(byte[] payload) -> {
                out.putSized(payload);
                yield 0;
            }
            case Abort(long abortedLsn) -> {
                out.putLong(abortedLsn);
                yield 0;
            }
            case ReignOpening(UUID reign, LogPosition predecessor) -> {
                writeUuid(out, reign);
                writePosition(out, predecessor);
                yield 0;
            }
            case Noop() -> 0;
        };
    }

    private static void writeAdditions(ByteWriter out, List<DictionaryAddition> additions) {
        out.putVarint(additions.size());
        for (DictionaryAddition addition : additions) {
            Invariant.check(addition.id() >= 0, "dictionary id %d is negative", addition.id());
            out.putByte(codeOf(addition.kind()));
            out.putVarint(addition.id());
            ValueCodec.writeText(out, addition.text());
        }
    }

    private static int codeOf(NameKind kind) {
        return switch (kind) {
            case LABEL -> 0;
            case RELATIONSHIP_TYPE -> 1;
            case PROPERTY_KEY -> 2;
        };
    }

    private static NameKind kindOf(ByteReader in, int code) {
        return switch (code) {
            case 0 -> NameKind.LABEL;
            case 1 -> NameKind.RELATIONSHIP_TYPE;
            case 2 -> NameKind.PROPERTY_KEY;
            default -> throw in.refusal("there is no kind of name " + code);
        };
    }

    private static void writeUuid(ByteWriter out, UUID uuid) {
        out.putLong(uuid.getMostSignificantBits());
        out.putLong(uuid.getLeastSignificantBits());
    }

    private static void writePosition(ByteWriter out, LogPosition position) {
        out.putLong(position.epoch().number());
        writeUuid(out, position.epoch().reign());
        out.putLong(position.lsn());
        out.putInt(position.crc());
    }

    /**
     * The length that the record beginning here says it has, or -1 when these bytes do not begin a record or it is
     * longer than what is available (which may be more than the array holds). Looks at no more than the header and does
     * not check the CRC.
     */
    public static int lengthAt(byte[] bytes, int at, long available) {
        if (at < 0 || bytes.length - at < HEADER_BYTES || available < HEADER_BYTES) {
            return -1;
        }
        int length = (int) ByteWriter.INT.get(bytes, at);
        return isLength(length) && length <= available && hasMagic(bytes, at) ? length : -1;
    }

    private static boolean isLength(int length) {
        return length >= HEADER_BYTES && length <= RECORD_BYTES_MAX && length % ALIGNMENT == 0;
    }

    private static boolean hasMagic(byte[] bytes, int at) {
        int magic = (bytes[at + MAGIC_AT] & 0xFF) << 8 | (bytes[at + MAGIC_AT + 1] & 0xFF);
        return magic == MAGIC_AND_FORMAT && RecordKind.ofCode(bytes[at + KIND_AT]) != null;
    }

    /** True when a whole record begins here and its CRC is right: what it says is then what was written. */
    public static boolean isIntact(byte[] bytes, int at, int limit) {
        int length = lengthAt(bytes, at, Math.min(limit, bytes.length) - at);
        return length > 0 && (int) ByteWriter.INT.get(bytes, at + CRC_AT) == crcOf(bytes, at, length);
    }

    private static int crcOf(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, CRC_AT);
        crc.update(bytes, at + CRC_END, length - CRC_END);
        return (int) crc.getValue();
    }

    /** Reads the header of the record that begins here; STORAGE_FAILURE when {@link #lengthAt} refuses it. */
    public static RecordHeader header(byte[] bytes, int at, int limit) {
        int length = lengthAt(bytes, at, Math.min(limit, bytes.length) - at);
        RecordKind kind = length < 0 ? null : RecordKind.ofCode(bytes[at + KIND_AT]);
        if (kind == null) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "There is no log record in these bytes: the " + (limit - at) + " bytes from " + at
                            + " on do not begin with the header of one that fits. Ask for the record again.");
        }
        return new RecordHeader(
                length,
                (int) ByteWriter.INT.get(bytes, at + CRC_AT),
                kind,
                bytes[at + FLAGS_AT] & 0xFF,
                (long) ByteWriter.LONG.get(bytes, at + DATABASE_AT),
                (long) ByteWriter.LONG.get(bytes, at + EPOCH_AT),
                (long) ByteWriter.LONG.get(bytes, at + LSN_AT),
                (long) ByteWriter.LONG.get(bytes, at + TIMESTAMP_AT),
                (int) ByteWriter.INT.get(bytes, at + PREV_CRC_AT),
                (int) ByteWriter.INT.get(bytes, at + COUNT_AT));
    }

    /** {@link #header(byte[], int, int)} of an array that is one record. */
    public static RecordHeader header(byte[] record) {
        return header(record, 0, record.length);
    }

    /** Reads one whole record; {@link #decode(byte[], int, int)} of all of it. */
    public static LogRecord decode(byte[] record) {
        return decode(record, 0, record.length);
    }

    /**
     * Reads the record that begins at {@code at} and ends at or before {@code limit}. STORAGE_FAILURE when its CRC is
     * wrong, or when it is right but the bytes are none that {@link #draft} could have made.
     */
    public static LogRecord decode(byte[] bytes, int at, int limit) {
        RecordHeader header = header(bytes, at, limit);
        ByteReader in = new ByteReader(bytes, at + HEADER_BYTES, at + header.length());
        in.require(isIntact(bytes, at, limit), "the CRC of record " + header.lsn() + " is wrong");
        in.require(header.flags() == 0, "record " + header.lsn() + " has flags this version does not know");
        in.require(header.lsn() > 0, "a record has no lsn");
        in.require(header.epochNumber() >= 0, "a record has a negative epoch");
        RecordBody body = readBody(in, header);
        in.require(in.remaining() < ALIGNMENT, "bytes follow the last operation");
        while (in.hasRemaining()) {
            in.require(in.readByte() == 0, "the padding is not zero");
        }
        return new LogRecord(header, body);
    }

    private static RecordBody readBody(ByteReader in, RecordHeader header) {
        boolean changes = header.kind() == RecordKind.DATA || header.kind() == RecordKind.SCHEMA;
        in.require(changes || header.operationCount() == 0, "a record of this kind has no operations");
        return switch (header.kind()) {
            case DATA -> new DataChanges(readAdditions(in), readGraphOperations(in, header.operationCount()));
            case SCHEMA -> new SchemaChanges(readAdditions(in), readSchemaOperations(in, header.operationCount()));
            case SYSTEM -> new SystemPayload(in.readSized());
            case ABORT -> new Abort(in.readLong());
            case EPOCH -> new ReignOpening(readUuid(in), readPosition(in));
            case NOOP -> new Noop();
        };
    }

    private static List<DictionaryAddition> readAdditions(ByteReader in) {
        int count = in.readCount(ADDITION_BYTES_MIN);
        List<DictionaryAddition> additions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            NameKind kind = kindOf(in, in.readByte());
            additions.add(new DictionaryAddition(kind, in.readNumber(), ValueCodec.readText(in)));
        }
        return additions;
    }

    private static List<GraphOperation> readGraphOperations(ByteReader in, int count) {
        checkCount(in, count);
        List<GraphOperation> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operations.add(OperationCodec.read(in));
        }
        return operations;
    }

    private static List<SchemaOperation> readSchemaOperations(ByteReader in, int count) {
        checkCount(in, count);
        List<SchemaOperation> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operations.add(SchemaCodec.read(in));
        }
        return operations;
    }

    private static void checkCount(ByteReader in, int count) {
        in.require(count >= 0 && count <= in.remaining() / 2, "there are more operations than bytes");
    }

    private static UUID readUuid(ByteReader in) {
        return new UUID(in.readLong(), in.readLong());
    }

    private static LogPosition readPosition(ByteReader in) {
        long number = in.readLong();
        UUID reign = readUuid(in);
        long lsn = in.readLong();
        in.require(number >= 0 && lsn >= 0, "a position is negative");
        return new LogPosition(new Epoch(number, reign), lsn, in.readInt());
    }
}
