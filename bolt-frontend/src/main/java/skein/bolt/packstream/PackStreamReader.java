package skein.bolt.packstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.MapBuilder;
import skein.graph.Value;

/**
 * Reads PackStream items from the bytes of one message. Any width of an integer or a length is accepted; a declared
 * length is compared with the bytes that remain, and its cost with an allowance, before anything is allocated for it.
 * Not thread-safe.
 */
public final class PackStreamReader {
    private static final int SHOWN_MAX = 100;
    private static final int KEYS_BEFORE_REUSE = 8;
    private static final Value EMPTY_STRING = new Value.StringValue("");

    private final byte[] bytes;
    private final int end;
    private final PackStreamLimits limits;
    private final Allowance allowance;
    private final StructureReader structures;
    private int position;
    private int depth;
    private long taken;
    private long passing;
    private int keysRead;
    private @Nullable SeenKeys seen;
    private @Nullable TextDecoder decoder;

    private PackStreamReader(
            byte[] bytes,
            int length,
            Dialect dialect,
            PackStreamLimits limits,
            Allowance allowance,
            boolean entitiesAllowed) {
        this.bytes = bytes;
        this.end = length;
        this.limits = limits;
        this.allowance = allowance;
        this.structures = new StructureReader(this, dialect, entitiesAllowed);
    }

    /** Reads what a client sends: nodes, relationships and paths are not allowed among the values. */
    public static PackStreamReader ofRequest(byte[] bytes, int length, Dialect dialect, PackStreamLimits limits) {
        return ofRequest(bytes, length, dialect, limits, Allowance.UNLIMITED);
    }

    /** As above; what the values take of the allowance is the caller's to give back, see {@link #taken}. */
    public static PackStreamReader ofRequest(
            byte[] bytes, int length, Dialect dialect, PackStreamLimits limits, Allowance allowance) {
        return new PackStreamReader(bytes, length, dialect, limits, allowance, false);
    }

    /** Reads what a server sends: every value of the language. */
    public static PackStreamReader ofResponse(byte[] bytes, int length, Dialect dialect, PackStreamLimits limits) {
        return new PackStreamReader(bytes, length, dialect, limits, Allowance.UNLIMITED, true);
    }

    /** Bytes of the allowance taken so far and not given back. */
    public long taken() {
        return taken;
    }

    /** Takes so much of the allowance, before it is allocated. */
    void charge(long heapBytes) {
        allowance.take(heapBytes);
        taken += heapBytes;
    }

    /** What was needed on the way only. It stays charged until the message is read, so that garbage is bounded too. */
    private void pass(long heapBytes) {
        passing += heapBytes;
    }

    private Value integer(long value) {
        charge(HeapCost.NUMBER);
        return Value.of(value);
    }

    /** The whole message: one structure and nothing behind it. */
    public Structure message() {
        Structure message = rawStructure();
        if (position != end) {
            throw PackStreamException.malformed("A message has " + (end - position) + " bytes behind its "
                    + message.fields().size() + " fields");
        }
        allowance.giveBack(passing);
        taken -= passing;
        passing = 0;
        return message;
    }

    /** The next value; throws {@link PackStreamException}. */
    public Value value() {
        int marker = nextByte();
        if (marker < Marker.TINY_STRING) {
            return Value.of((long) marker);
        }
        if (marker >= Marker.TINY_NEGATIVE) {
            return Value.of((long) (byte) marker);
        }
        return switch (marker >> 4) {
            case Marker.TINY_STRING >> 4 -> string(marker & 0x0F);
            case Marker.TINY_LIST >> 4 -> list(marker & 0x0F);
            case Marker.TINY_MAP >> 4 -> map(marker & 0x0F);
            case Marker.TINY_STRUCTURE >> 4 -> structure(marker & 0x0F);
            default -> marked(marker);
        };
    }

    private Value marked(int marker) {
        return switch (marker) {
            case Marker.NULL -> Value.NULL;
            case Marker.FALSE -> Value.FALSE;
            case Marker.TRUE -> Value.TRUE;
            case Marker.FLOAT -> {
                charge(HeapCost.NUMBER);
                yield Value.of(Double.longBitsToDouble(number(8)));
            }
            case Marker.INT_8 -> Value.of((long) (byte) number(1));
            case Marker.INT_16 -> integer((long) (short) number(2));
            case Marker.INT_32 -> integer((long) (int) number(4));
            case Marker.INT_64 -> integer(number(8));
            case Marker.BYTES_8 -> bytes(number(1));
            case Marker.BYTES_16 -> bytes(number(2));
            case Marker.BYTES_32 -> bytes(number(4));
            case Marker.STRING_8 -> string(number(1));
            case Marker.STRING_16 -> string(number(2));
            case Marker.STRING_32 -> string(number(4));
            case Marker.LIST_8 -> list(number(1));
            case Marker.LIST_16 -> list(number(2));
            case Marker.LIST_32 -> list(number(4));
            case Marker.MAP_8 -> map(number(1));
            case Marker.MAP_16 -> map(number(2));
            case Marker.MAP_32 -> map(number(4));
            default -> throw PackStreamException.malformed("0x%02X begins no PackStream item".formatted(marker));
        };
    }

    private Value string(long length) {
        return length == 0 ? EMPTY_STRING : new Value.StringValue(text(length, HeapCost.STRING_VALUE));
    }

    private String keyText(long length) {
        return length == 0 ? "" : text(length, 0);
    }

    /** @param around what holds the text */
    private String text(long length, long around) {
        int start = take(length);
        for (int i = start; i < position; i++) {
            if (bytes[i] < 0) {
                return textBeyondAscii(start, around);
            }
        }
        charge(around + HeapCost.ascii(length));
        return new String(bytes, start, position - start, StandardCharsets.ISO_8859_1);
    }

    private String textBeyondAscii(int start, long around) {
        TextDecoder texts = decoder == null ? new TextDecoder(bytes) : decoder;
        decoder = texts;
        long whileDecoding = texts.heapBytes(position - start);
        charge(around + whileDecoding);
        String decoded = texts.decode(start, position);
        pass(whileDecoding - HeapCost.text(decoded));
        return decoded;
    }

    private Value bytes(long length) {
        int start = take(length);
        charge(HeapCost.bytes(length));
        return new Value.BytesValue(Arrays.copyOfRange(bytes, start, position));
    }

    private Value list(long count) {
        if (count == 0) {
            return Value.ListValue.EMPTY;
        }
        enter(count, 1);
        charge(HeapCost.list(count));
        Value list = switch (ListKind.of(bytes, position, end, count)) {
            case INTEGERS -> integers((int) count);
            case FLOATS -> floats((int) count);
            case OTHER -> Value.ListValue.ofOwned(items((int) count));
        };
        depth--;
        return list;
    }

    private Value integers(int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            int marker = nextByte();
            numbers[i] = switch (marker) {
                case Marker.INT_16 -> (short) number(2);
                case Marker.INT_32 -> (int) number(4);
                case Marker.INT_64 -> number(8);
                case Marker.INT_8 -> (byte) number(1);
                default -> (byte) marker;
            };
        }
        return Value.ListValue.ofOwned(numbers);
    }

    private Value floats(int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            nextByte();
            numbers[i] = Double.longBitsToDouble(number(8));
        }
        return Value.ListValue.ofOwned(numbers);
    }

    /** Each item needs a byte at least, so the count cannot promise more than there is. */
    private Value[] values(long count) {
        enter(count, 1);
        charge(HeapCost.list(count));
        Value[] values = items((int) count);
        depth--;
        return values;
    }

    private Value[] items(int count) {
        Value[] values = new Value[count];
        for (int i = 0; i < count; i++) {
            values[i] = value();
        }
        return values;
    }

    /** A list of structures that are no values of their own: the relationships of a path. */
    List<Structure> structures() {
        int marker = nextByte();
        long count = switch (marker) {
            case Marker.LIST_8 -> number(1);
            case Marker.LIST_16 -> number(2);
            case Marker.LIST_32 -> number(4);
            default -> tinyListCount(marker);
        };
        enter(count, 2);
        charge(HeapCost.list(count));
        List<Structure> structures = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            structures.add(rawStructure());
        }
        depth--;
        return structures;
    }

    private static int tinyListCount(int marker) {
        if (marker >> 4 != Marker.TINY_LIST >> 4) {
            throw PackStreamException.malformed("0x%02X stands where a list is due".formatted(marker));
        }
        return marker & 0x0F;
    }

    private Structure rawStructure() {
        int marker = nextByte();
        if (marker >> 4 != Marker.TINY_STRUCTURE >> 4) {
            throw PackStreamException.malformed("0x%02X stands where a structure is due".formatted(marker));
        }
        int tag = nextByte();
        return new Structure(tag, List.of(values(marker & 0x0F)));
    }

    private Value map(long count) {
        if (count == 0) {
            return Value.MapValue.EMPTY;
        }
        enter(count, 2);
        charge(HeapCost.map(count));
        Value map = count <= MapBuilder.FEW_MAX ? few((int) count) : many(count);
        depth--;
        return map;
    }

    /** Maps of a list tend to have the same keys in the same order: then they share them. */
    private Value few(int count) {
        String[] shape = seen == null ? null : seen.shape(count);
        boolean shared = shape != null;
        String[] keys = shape == null ? new String[count] : shape;
        Value[] values = new Value[count];
        for (int i = 0; i < count; i++) {
            String key = key();
            if (shared && !key.equals(keys[i])) {
                keys = Arrays.copyOf(keys, count);
                shared = false;
            }
            if (!shared) {
                requireNew(keys, i, key);
                keys[i] = key;
            }
            values[i] = value();
        }
        if (!shared && seen != null) {
            seen.sawShape(keys);
        }
        return Value.MapValue.ofOwned(keys, values);
    }

    private static void requireNew(String[] keys, int count, String key) {
        for (int i = 0; i < count; i++) {
            if (keys[i].equals(key)) {
                throw twice(key);
            }
        }
    }

    private static PackStreamException twice(String key) {
        return PackStreamException.invalid("The key '" + shortened(key) + "' stands twice in one map");
    }

    private Value many(long count) {
        MapBuilder entries = new MapBuilder((int) count);
        for (long i = 0; i < count; i++) {
            String key = key();
            if (HeapCost.mayCollide(key)) {
                charge(HeapCost.COLLIDING);
                pass(HeapCost.COLLIDING);
            }
            if (!entries.put(key, value())) {
                throw twice(key);
            }
        }
        return entries.build();
    }

    private String key() {
        int marker = nextByte();
        if (marker >> 4 == Marker.TINY_STRING >> 4) {
            return shortKey(marker & 0x0F);
        }
        return switch (marker) {
            case Marker.STRING_8 -> keyText(number(1));
            case Marker.STRING_16 -> keyText(number(2));
            case Marker.STRING_32 -> keyText(number(4));
            default -> throw PackStreamException.malformed("0x%02X begins no map key".formatted(marker));
        };
    }

    private String shortKey(int length) {
        if (seen == null) {
            seen = ++keysRead > KEYS_BEFORE_REUSE ? new SeenKeys() : null;
            return keyText(length);
        }
        int start = take(length);
        String known = seen.key(bytes, start, position);
        if (known != null) {
            return known;
        }
        position = start;
        String key = keyText(length);
        seen.saw(bytes, start, position, key);
        return key;
    }

    private Value structure(int count) {
        int tag = nextByte();
        enter(count, 1);
        charge(HeapCost.structure(tag));
        Value value = structures.read(tag, count);
        depth--;
        return value;
    }

    private void enter(long count, int entryBytesMin) {
        if (count > (long) (end - position) / entryBytesMin) {
            throw PackStreamException.malformed(
                    count + " entries are declared at byte " + position + " of " + end + ", which cannot hold them");
        }
        if (count > limits.entriesMax()) {
            throw PackStreamException.invalid(
                    "A list or map has " + count + " entries; " + limits.entriesMax() + " are allowed here");
        }
        if (++depth > limits.depthMax()) {
            throw PackStreamException.invalid(
                    "Values are nested deeper than " + limits.depthMax() + " levels, which is not allowed here");
        }
    }

    /** An unsigned number, except for 8 bytes; the caller narrows when it means a signed one. */
    private long number(int width) {
        int start = take(width);
        long number = 0;
        for (int i = start; i < position; i++) {
            number = number << 8 | bytes[i] & 0xFF;
        }
        return number;
    }

    private int nextByte() {
        return bytes[take(1)] & 0xFF;
    }

    /** Moves behind {@code length} bytes and answers where they begin. */
    private int take(long length) {
        if (length > end - position) {
            throw PackStreamException.malformed(
                    length + " bytes are declared at byte " + position + ", but the message ends at " + end);
        }
        int start = position;
        position += (int) length;
        return start;
    }

    /** For messages, which say back what a client wrote. */
    static String shortened(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }
}
