package skein.bolt.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import skein.bolt.packstream.Bytes;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamWriter;
import skein.bolt.packstream.ValueDice;
import skein.bolt.packstream.ValueWriter;
import skein.graph.Value;
import skein.graph.Value.MapValue;

/**
 * What a driver sends in a session of some length, as bytes.
 *
 * @param name of the driver it is modelled on
 * @param opening of the handshake
 * @param messages one after the other, without chunks
 */
public record DriverSession(String name, byte[] opening, List<byte[]> messages) {
    private static final String MAGIC = "60 60 B0 17";
    private static final MapValue NOTHING = MapValue.EMPTY;

    /** One session for each kind of driver. */
    public static List<DriverSession> all() {
        return List.of(
                new DriverSession(
                        "java-5",
                        Bytes.of(MAGIC + "00 00 01 FF 00 08 08 05 00 02 04 04 00 00 00 03 00 00 08 05 00"),
                        modern(Dialect.ELEMENT_IDS, true)),
                new DriverSession(
                        "python-5",
                        Bytes.of(MAGIC + "00 04 04 05 00 02 04 04 00 00 00 03 00 00 00 00"),
                        modern(Dialect.ELEMENT_IDS, true)),
                new DriverSession(
                        "java-4.4",
                        Bytes.of(MAGIC + "00 02 04 04 00 00 01 04 00 00 00 04 00 00 00 03"),
                        modern(Dialect.LEGACY, false)),
                new DriverSession(
                        "mgconsole", Bytes.of(MAGIC + "00 00 01 04 00 00 00 01 00 00 00 00 00 00 00 00"), console()));
    }

    private static List<byte[]> modern(Dialect dialect, boolean logon) {
        Script script = new Script(dialect);
        if (logon) {
            script.add(0x01, map("user_agent", Value.of("driver/5"), "routing", NOTHING));
            script.add(0x6A, map("scheme", Value.of("none")));
            script.add(0x54, Value.of(2));
        } else {
            script.add(0x01, map("user_agent", Value.of("driver/4"), "scheme", Value.of("none")));
        }
        script.add(0x66, map("address", Value.of("localhost:7687")), Value.ListValue.EMPTY, map("db", Value.NULL));
        script.add(0x10, Value.of("ECHO"), map("p", parameters(dialect)), map("mode", Value.of("r")));
        script.add(0x3F, map("n", Value.of(1000)));
        script.add(0x11, map("tx_timeout", Value.of(5000), "tx_metadata", map("app", Value.of("x"))));
        script.add(0x10, Value.of("ROWS 3"), NOTHING, NOTHING);
        script.add(0x3F, map("n", Value.of(1), "qid", Value.of(-1)));
        script.add(0x10, Value.of("ROWS 1"), NOTHING, NOTHING);
        script.add(0x2F, map("n", Value.of(-1)));
        script.add(0x12);
        script.add(0x10, Value.of("FAIL SYNTAX_ERROR"), NOTHING, NOTHING);
        script.add(0x3F, map("n", Value.of(-1)));
        script.add(0x0F);
        script.add(0x11, NOTHING);
        script.add(0x13);
        if (logon) {
            script.add(0x6B);
            script.add(0x6A, map("scheme", Value.of("basic"), "principal", Value.of(""), "credentials", Value.of("")));
        }
        script.add(0x0F);
        script.add(0x02);
        return script.messages;
    }

    private static List<byte[]> console() {
        Script script = new Script(Dialect.LEGACY);
        script.add(0x01, map("user_agent", Value.of("mg/1.5.2"), "scheme", Value.of("none")));
        script.add(0x10, Value.of("ROWS 1"), NOTHING, NOTHING);
        script.add(0x3F, map("n", Value.of(-1)));
        script.add(0x10, Value.of("FAIL SYNTAX_ERROR"), NOTHING, NOTHING);
        script.add(0x0F);
        script.add(0x02);
        return script.messages;
    }

    /** One of each kind, small. */
    private static Value parameters(Dialect dialect) {
        ValueDice dice = new ValueDice(new SplittableRandom(dialect.name().length()));
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            values.add(dice.parameter(0));
        }
        values.add(map("nested", Value.of(List.of(Value.of(1), map("deep", Value.TRUE)))));
        return new Value.ListValue(values.stream()
                .filter(value -> encoded(value, dialect).length < 80)
                .toList());
    }

    private static MapValue map(Object... pairs) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.put((String) pairs[i], (Value) pairs[i + 1]);
        }
        return new MapValue(entries);
    }

    static byte[] encoded(Value value, Dialect dialect) {
        PackStreamWriter writer = new PackStreamWriter();
        new ValueWriter(writer, dialect).value(value);
        return writer.toByteArray();
    }

    /** Everything, each message in chunks of this size. */
    public byte[] bytes(int chunkBytes) {
        byte[] all = opening;
        for (byte[] message : messages) {
            all = Bytes.join(all, Bytes.chunked(message, chunkBytes));
        }
        return all;
    }

    private static final class Script {
        private final Dialect dialect;
        private final List<byte[]> messages = new ArrayList<>();

        Script(Dialect dialect) {
            this.dialect = dialect;
        }

        void add(int tag, Value... fields) {
            PackStreamWriter writer = new PackStreamWriter();
            writer.structure(tag, fields.length);
            ValueWriter values = new ValueWriter(writer, dialect);
            Arrays.stream(fields).forEach(values::value);
            messages.add(writer.toByteArray());
        }
    }
}
