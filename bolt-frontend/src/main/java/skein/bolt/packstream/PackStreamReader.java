package skein.bolt.packstream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
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
    /** A power of two. */
    private static final int LAST_KEYS = 32;

    private static final int KEYS_BEFORE_REUSE = 8;
    private static final Value EMPTY_STRING = new Value.StringValue("");

    private final byte[] bytes;
    private final int end;
    private final PackStreamLimits limits;
    private final Allowance allowance;
    private final StructureReader structures;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private int position;
    private int depth;
    private long taken;
    private long passing;
    private int keysRead;
    private @Nullable String @Nullable [] lastKeys;

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

    private void charge(long heapBytes) {
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
        return length == 0 ? EMPTY_STRING : new Value.StringValue(text(length));
    }

    private String text(long length) {
        int start = take(length);
        for (int i = start; i < position; i++) {
            if (bytes[i] < 0) {
                return textBeyondAscii(start);
            }
        }
        charge(HeapCost.ascii(length));
        return new String(bytes, start, position - start, StandardCharsets.ISO_8859_1);
    }

    private String textBeyondAscii(int start) {
        long whileDecoding = HeapCost.beyondAscii((long) position - start);
        charge(whileDecoding);
        try {
            String decoded =
                    utf8.decode(ByteBuffer.wrap(bytes, start, position - start)).toString();
            pass(whileDecoding - HeapCost.text(decoded));
            return decoded;
        } catch (CharacterCodingException e) {
            throw PackStreamException.malformed("A string at byte " + start + " is not UTF-8");
        }
    }

    private Value bytes(long length) {
        int start = take(length);
        charge(HeapCost.bytes(length));
        return new Value.BytesValue(Arrays.copyOfRange(bytes, start, position));
    }

    private Value list(long count) {
        return Value.ListValue.ofOwned(values(count));
    }

    /** Each item needs a byte at least, so the count cannot promise more than there is. */
    private Value[] values(long count) {
        enter(count, 1);
        charge(HeapCost.list(count));
        Value[] values = new Value[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = value();
        }
        depth--;
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
        MapBuilder entries = new MapBuilder((int) count);
        for (long i = 0; i < count; i++) {
            String key = key();
            if (!entries.put(key, value())) {
                throw PackStreamException.invalid("The key '" + shortened(key) + "' stands twice in one map");
            }
        }
        depth--;
        return entries.build();
    }

    private String key() {
        int marker = nextByte();
        if (marker >> 4 == Marker.TINY_STRING >> 4) {
            return shortKey(marker & 0x0F);
        }
        return switch (marker) {
            case Marker.STRING_8 -> text(number(1));
            case Marker.STRING_16 -> text(number(2));
            case Marker.STRING_32 -> text(number(4));
            default -> throw PackStreamException.malformed("0x%02X begins no map key".formatted(marker));
        };
    }

    /** Maps of a list tend to have the same keys: the last ones are looked through before another is made. */
    private String shortKey(int length) {
        if (lastKeys == null) {
            lastKeys = ++keysRead > KEYS_BEFORE_REUSE ? new String[LAST_KEYS] : null;
            return text(length);
        }
        int start = take(length);
        int hash = length;
        for (int i = start; i < position; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = hash & LAST_KEYS - 1;
        String last = lastKeys[place];
        if (last != null && isAt(start, last)) {
            return last;
        }
        position = start;
        String key = text(length);
        lastKeys[place] = key;
        return key;
    }

    /** Only ASCII can be: anything else has more bytes than characters. */
    private boolean isAt(int start, String text) {
        if (text.length() != position - start) {
            return false;
        }
        for (int i = start; i < position; i++) {
            if (text.charAt(i - start) != bytes[i]) {
                return false;
            }
        }
        return true;
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
