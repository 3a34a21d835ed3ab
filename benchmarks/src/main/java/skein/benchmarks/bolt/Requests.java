package skein.benchmarks.bolt;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bytes of what is sent over Bolt 5.4, framed. */
public final class Requests {
    /** Magic, then one proposal: 5.4 and nothing else. */
    private static final byte[] HANDSHAKE = {
        0x60, 0x60, (byte) 0xB0, 0x17, 0, 0, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** What a server answers that agrees. */
    public static final int VERSION = 0x0405;

    private static final int HELLO = 0x01;
    private static final int LOGON = 0x6A;
    private static final int RUN = 0x10;
    private static final int PULL = 0x3F;
    private static final int RESET = 0x0F;
    private static final int INTEGER_OF_64_BITS = 0xCB;
    private static final int TINY_MAX = 15;
    private static final int SHORT_TEXT_MAX = 255;
    private static final int CHUNK_MAX = 65_535;

    private Requests() {}

    public static byte[] handshake() {
        return HANDSHAKE.clone();
    }

    /** HELLO and LOGON in one write, as drivers do. */
    public static byte[] login(Login login) {
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("scheme", login.user().isEmpty() ? "none" : "basic");
        if (!login.user().isEmpty()) {
            credentials.put("principal", login.user());
            credentials.put("credentials", login.password());
        }
        Map<String, Object> agent = Map.of("product", "skein-benchmarks/1");
        return bytes(out -> {
            message(out, HELLO, Map.of("user_agent", "skein-benchmarks/1", "bolt_agent", agent));
            message(out, LOGON, credentials);
        });
    }

    /** RUN and PULL of all rows in one write. */
    public static byte[] query(String text, String database) {
        return query(text, Map.of(), database);
    }

    /** As above, on the default database. */
    public static byte[] query(String text, Map<String, Long> parameters) {
        return query(text, parameters, "");
    }

    /** As above, with parameters: longs, strings, and lists and maps of these. */
    public static byte[] query(String text, Map<String, ?> parameters, String database) {
        Map<String, Object> extra = database.isEmpty() ? Map.of() : Map.of("db", database);
        return bytes(out -> {
            message(out, RUN, text, parameters, extra);
            message(out, PULL, Map.of("n", -1));
        });
    }

    static byte[] reset() {
        return bytes(out -> message(out, RESET));
    }

    private static void message(DataOutputStream out, int tag, Object... fields) throws IOException {
        byte[] body = bytes(inner -> {
            inner.write(0xB0 | fields.length);
            inner.write(tag);
            for (Object field : fields) {
                value(inner, field);
            }
        });
        for (int from = 0; from < body.length; from += CHUNK_MAX) {
            int length = Math.min(CHUNK_MAX, body.length - from);
            out.writeShort(length);
            out.write(body, from, length);
        }
        out.writeShort(0);
    }

    private static void value(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case String text -> string(out, text);
            case Integer small -> out.write(small);
            case Long integer -> {
                out.write(INTEGER_OF_64_BITS);
                out.writeLong(integer);
            }
            case Map<?, ?> map -> {
                out.write(0xA0 | map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    string(out, String.valueOf(entry.getKey()));
                    value(out, entry.getValue());
                }
            }
            case List<?> list -> {
                out.write(0xD6);
                out.writeInt(list.size());
                for (Object item : list) {
                    value(out, item);
                }
            }
            default -> throw new IllegalArgumentException("nothing sends a " + value.getClass());
        }
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= TINY_MAX) {
            out.write(0x80 | utf8.length);
        } else if (utf8.length <= SHORT_TEXT_MAX) {
            out.write(0xD0);
            out.write(utf8.length);
        } else {
            out.write(0xD1);
            out.writeShort(utf8.length);
        }
        out.write(utf8);
    }

    private interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            body.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
