package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.bolt.packstream.ChunkWriter;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamLimits;
import skein.bolt.packstream.PackStreamReader;
import skein.bolt.packstream.PackStreamWriter;
import skein.bolt.packstream.Structure;
import skein.bolt.packstream.ValueWriter;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.HostPort;

/** Bolt, message by message. Reading fails after a minute of silence. */
final class Wire implements AutoCloseable {
    static final String IGNORED = "ignored";
    private static final int SILENCE_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ChunkWriter writer = new ChunkWriter();
    private int noops;

    private Wire(HostPort address) throws IOException {
        socket = new Socket(InetAddress.getByName(address.host()), address.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Has said nothing yet. */
    static Wire connect(HostPort address) throws IOException {
        return new Wire(address);
    }

    /** Speaks the version and has not logged in. */
    static Wire open(HostPort address, int major, int minor) throws IOException {
        Wire wire = new Wire(address);
        wire.out.write(new byte[] {0x60, 0x60, (byte) 0xB0, 0x17, 0, 0, (byte) minor, (byte) major});
        wire.out.write(new byte[12]);
        assertThat(wire.in.readInt()).isEqualTo(minor << 8 | major);
        return wire;
    }

    MapValue hello() throws IOException {
        return send(0x01, map("user_agent", Value.of("wire/1"))).success();
    }

    Wire login() throws IOException {
        hello();
        send(0x6A, map("scheme", Value.of("none"))).success();
        return this;
    }

    static MapValue map(String key, Value value) {
        return new MapValue(Map.of(key, value));
    }

    Wire run(String query) throws IOException {
        return run(query, MapValue.EMPTY);
    }

    Wire run(String query, MapValue extra) throws IOException {
        return send(0x10, Value.of(query), MapValue.EMPTY, extra);
    }

    Wire pull(long count) throws IOException {
        return send(0x3F, map("n", Value.of(count)));
    }

    Wire pull(long count, long result) throws IOException {
        return send(0x3F, new MapValue(Map.of("n", Value.of(count), "qid", Value.of(result))));
    }

    Wire discard(long count) throws IOException {
        return send(0x2F, map("n", Value.of(count)));
    }

    Wire begin() throws IOException {
        return send(0x11, MapValue.EMPTY);
    }

    Wire commit() throws IOException {
        return send(0x12);
    }

    Wire reset() throws IOException {
        return send(0x0F);
    }

    Wire run(String query, MapValue parameters, MapValue extra) throws IOException {
        return send(0x10, Value.of(query), parameters, extra);
    }

    /** HELLO that says more about itself than it needs to. */
    Wire hello(String userAgent) throws IOException {
        return send(0x01, map("user_agent", Value.of(userAgent)));
    }

    /** Bytes that may be no message. */
    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Reads what is still to come until the server has closed the connection. */
    boolean isClosedByServer() {
        try {
            while (in.read() >= 0) {
                // rows on their way
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Wire send(int tag, Value... fields) throws IOException {
        PackStreamWriter to = writer.begin();
        to.structure(tag, fields.length);
        ValueWriter values = new ValueWriter(to, Dialect.ELEMENT_IDS);
        for (Value field : fields) {
            values.value(field);
        }
        writer.end();
        out.write(writer.drain());
        out.flush();
        return this;
    }

    private Structure next() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (int size = in.readUnsignedShort(); size != 0 || message.size() == 0; size = in.readUnsignedShort()) {
            if (size == 0) {
                noops++;
            }
            message.write(in.readNBytes(size));
        }
        byte[] bytes = message.toByteArray();
        return PackStreamReader.ofResponse(bytes, bytes.length, Dialect.ELEMENT_IDS, PackStreamLimits.CLIENT)
                .message();
    }

    /** SUCCESS's metadata; rows before it are dropped. */
    MapValue success() throws IOException {
        Structure message = next();
        while (message.tag() == 0x71) {
            message = next();
        }
        assertThat(message.tag()).as("%s", message).isEqualTo(0x70);
        return (MapValue) message.fields().getFirst();
    }

    /** Row after row, then the code of the failure or {@link #IGNORED}. */
    String refusal() throws IOException {
        Structure message = next();
        while (message.tag() == 0x71) {
            message = next();
        }
        if (message.tag() == 0x7E) {
            return IGNORED;
        }
        return code(message);
    }

    private static String code(Structure message) {
        assertThat(message.tag()).as("%s", message).isEqualTo(0x7F);
        MapValue failure = (MapValue) message.fields().getFirst();
        Value code = failure.get("neo4j_code").isNull() ? failure.get("code") : failure.get("neo4j_code");
        return ((Value.StringValue) code).value();
    }

    List<Value> row() throws IOException {
        Structure message = next();
        assertThat(message.tag()).as("%s", message).isEqualTo(0x71);
        return ((Value.ListValue) message.fields().getFirst()).values();
    }

    /** A row; null when the summary came. */
    @Nullable
    List<Value> rowOrEnd() throws IOException {
        Structure message = next();
        return message.tag() == 0x71 ? ((Value.ListValue) message.fields().getFirst()).values() : null;
    }

    /** Rows are dropped; nothing for a success, the code of a failure. */
    String refusalOrSuccess() throws IOException {
        Structure message = next();
        while (message.tag() == 0x71) {
            message = next();
        }
        return message.tag() == 0x70 ? "" : code(message);
    }

    /** The very next bytes, which must be a sign of life. */
    void expectNoop() throws IOException {
        assertThat(in.readUnsignedShort()).isZero();
    }

    /** Signs of life between the messages read so far. */
    int noops() {
        return noops;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
