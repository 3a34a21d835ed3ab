package skein.bolt.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.bolt.packstream.Allowance;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamException;
import skein.bolt.packstream.PackStreamLimits;
import skein.bolt.packstream.PackStreamReader;
import skein.bolt.packstream.Structure;
import skein.graph.Value;
import skein.graph.Value.MapValue;

/** The bytes of one message to a request. */
public final class RequestReader {
    /** A request without its values, with its place in a queue. */
    private static final long REQUEST_BYTES = 96;
    /** One of ROUTE's bookmarks in its list, beside its place among the values. */
    private static final long BOOKMARK_BYTES = 8;

    private final BoltVersion version;

    public RequestReader(BoltVersion version) {
        this.version = version;
    }

    /**
     * A request, and the heap it takes.
     *
     * @param heapBytes taken from the allowance, to be given back when nobody refers to the request any more
     */
    public record Taken(BoltRequest request, long heapBytes) {}

    /** As {@link #read}, with what the request takes counted; what cannot be afforded is Unreadable too. */
    public Taken take(byte[] bytes, int length, Dialect dialect, PackStreamLimits limits, Allowance allowance) {
        PackStreamReader reader = PackStreamReader.ofRequest(bytes, length, dialect, limits, allowance);
        boolean whole = false;
        try {
            BoltRequest request = request(reader.message());
            long heapBytes = heapBytes(request);
            allowance.take(heapBytes);
            whole = true;
            return new Taken(request, heapBytes + reader.taken());
        } catch (PackStreamException e) {
            return new Taken(unreadable(e), 0);
        } finally {
            if (!whole) {
                allowance.giveBack(reader.taken());
            }
        }
    }

    private static long heapBytes(BoltRequest request) {
        return request instanceof BoltRequest.Route route
                ? REQUEST_BYTES + BOOKMARK_BYTES * route.bookmarks().size()
                : REQUEST_BYTES;
    }

    /**
     * Reads one message. Throws {@link PackStreamException} when it is no message of this version at all; a message
     * with unacceptable content is a {@link BoltRequest.Unreadable}.
     */
    public BoltRequest read(byte[] bytes, int length, Dialect dialect, PackStreamLimits limits) {
        return take(bytes, length, dialect, limits, Allowance.UNLIMITED).request();
    }

    private static BoltRequest unreadable(PackStreamException reason) {
        if (reason.kind() == PackStreamException.Kind.MALFORMED) {
            throw reason;
        }
        return new BoltRequest.Unreadable(reason.code(), String.valueOf(reason.getMessage()));
    }

    private BoltRequest request(Structure message) {
        Fields fields = new Fields(message);
        return switch (message.tag()) {
            case Tag.HELLO -> new BoltRequest.Hello(fields.only().map(0));
            case Tag.GOODBYE -> fields.none(new BoltRequest.Goodbye());
            case Tag.RESET -> fields.none(new BoltRequest.Reset());
            case Tag.RUN -> {
                fields.count(3);
                yield new BoltRequest.Run(fields.text(0), fields.map(1), fields.map(2));
            }
            case Tag.BEGIN -> new BoltRequest.Begin(fields.only().map(0));
            case Tag.COMMIT -> fields.none(new BoltRequest.Commit());
            case Tag.ROLLBACK -> fields.none(new BoltRequest.Rollback());
            case Tag.PULL -> new BoltRequest.Pull(rows(fields), stream(fields));
            case Tag.DISCARD -> new BoltRequest.Discard(rows(fields), stream(fields));
            default -> laterRequest(message.tag(), fields);
        };
    }

    private BoltRequest laterRequest(int tag, Fields fields) {
        if (tag == Tag.ROUTE && version.hasRoute()) {
            return route(fields);
        }
        if (tag == Tag.LOGON && version.hasLogon()) {
            return new BoltRequest.Logon(fields.only().map(0));
        }
        if (tag == Tag.LOGOFF && version.hasLogon()) {
            return fields.none(new BoltRequest.Logoff());
        }
        if (tag == Tag.TELEMETRY && version.hasTelemetry()) {
            return new BoltRequest.Telemetry(integer(fields.only().at(0), "the API"));
        }
        throw PackStreamException.malformed("Bolt %s has no message 0x%02X".formatted(version, tag));
    }

    private static long rows(Fields fields) {
        long count = integer(fields.only().map(0).get("n"), "n");
        if (count < BoltRequest.ALL || count == 0) {
            throw PackStreamException.invalid("n is " + count + "; it must be at least 1, or -1 for all rows");
        }
        return count;
    }

    private static long stream(Fields fields) {
        Value stream = fields.map(0).get("qid");
        return stream.isNull() ? BoltRequest.LATEST : integer(stream, "qid");
    }

    private BoltRequest route(Fields fields) {
        fields.count(3);
        if (!(fields.at(1) instanceof Value.ListValue(List<Value> values))) {
            throw wrongFormat("ROUTE's bookmarks must be a list");
        }
        String[] texts = new String[values.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(values.get(i), "a bookmark");
        }
        List<String> bookmarks = List.of(texts);
        if (version.routesByMap()) {
            MapValue extra = fields.map(2);
            return new BoltRequest.Route(
                    fields.map(0), bookmarks, optionalText(extra.get("db")), optionalText(extra.get("imp_user")));
        }
        return new BoltRequest.Route(fields.map(0), bookmarks, optionalText(fields.at(2)), null);
    }

    private static @Nullable String optionalText(Value value) {
        return value.isNull() ? null : text(value, "a name");
    }

    private static String text(Value value, String what) {
        if (value instanceof Value.StringValue(String text)) {
            return text;
        }
        throw wrongFormat(what + " must be a string");
    }

    private static long integer(Value value, String what) {
        if (value instanceof Value.IntegerValue(long integer)) {
            return integer;
        }
        throw wrongFormat(what + " must be an integer");
    }

    private static PackStreamException wrongFormat(String message) {
        return PackStreamException.invalid("The request has a field of the wrong kind: " + message);
    }

    /** The fields of a message, checked as they are asked for. */
    private record Fields(Structure message) {
        void count(int expected) {
            int found = message.fields().size();
            if (found != expected) {
                throw PackStreamException.invalid(
                        "The message 0x%02X has %d fields, not %d".formatted(message.tag(), expected, found));
            }
        }

        Fields only() {
            count(1);
            return this;
        }

        BoltRequest none(BoltRequest request) {
            count(0);
            return request;
        }

        Value at(int index) {
            return message.fields().get(index);
        }

        String text(int index) {
            return RequestReader.text(at(index), "field " + (index + 1));
        }

        /** Null stands for an empty map. */
        MapValue map(int index) {
            return switch (at(index)) {
                case MapValue map -> map;
                case Value.NullValue ignored -> MapValue.EMPTY;
                default -> throw wrongFormat("field " + (index + 1) + " must be a map");
            };
        }
    }
}
