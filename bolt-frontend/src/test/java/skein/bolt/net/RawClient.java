package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import skein.bolt.packstream.Bytes;
import skein.bolt.packstream.ChunkReader;
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

/** A client that sends exactly what a test says. Reading fails after ten seconds of silence. */
final class RawClient implements AutoCloseable {
    static final int SUCCESS = 0x70;
    static final int RECORD = 0x71;
    static final int IGNORED = 0x7E;
    static final int FAILURE = 0x7F;
    private static final int SILENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Deque<Structure> received = new ArrayDeque<>();
    private final ChunkReader chunks = new ChunkReader(100_000_000, this::message);
    private final ChunkWriter writer = new ChunkWriter();

    RawClient(HostPort address) throws IOException {
        this(address, 0);
    }

    /** @param receiveBufferBytes size of the socket's buffer; 0 for the system's choice */
    RawClient(HostPort address, int receiveBufferBytes) throws IOException {
        socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Shakes hands for 5.4 and logs in. */
    static RawClient loggedIn(HostPort address) throws IOException {
        return new RawClient(address).login();
    }

    RawClient login() throws IOException {
        sendBytes(Bytes.of("60 60 B0 17 00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00"));
        expectBytes("00 00 04 05");
        hello();
        logon();
        flush();
        expect(SUCCESS);
        expect(SUCCESS);
        return this;
    }

    RawClient hello() {
        return message(0x01, new MapValue(Map.of("user_agent", Value.of("raw/1"))));
    }

    RawClient logon() {
        return message(0x6A, new MapValue(Map.of("scheme", Value.of("none"))));
    }

    RawClient run(String query) {
        return message(0x10, Value.of(query), MapValue.EMPTY, MapValue.EMPTY);
    }

    /** With a text as its one parameter. */
    RawClient run(String query, String parameter) {
        return message(0x10, Value.of(query), new MapValue(Map.of("p", Value.of(parameter))), MapValue.EMPTY);
    }

    RawClient pull(long count) {
        return message(0x3F, new MapValue(Map.of("n", Value.of(count))));
    }

    RawClient begin() {
        return message(0x11, MapValue.EMPTY);
    }

    RawClient commit() {
        return message(0x12);
    }

    RawClient reset() {
        return message(0x0F);
    }

    RawClient goodbye() {
        return message(0x02);
    }

    /** Adds a message to what {@link #flush} sends. */
    RawClient message(int tag, Value... fields) {
        PackStreamWriter to = writer.begin();
        to.structure(tag, fields.length);
        ValueWriter values = new ValueWriter(to, Dialect.ELEMENT_IDS);
        for (Value field : fields) {
            values.value(field);
        }
        writer.end();
        return this;
    }

    void flush() throws IOException {
        sendBytes(writer.drain());
    }

    byte[] pending() {
        return writer.drain();
    }

    void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void expectBytes(String hex) throws IOException {
        byte[] expected = Bytes.of(hex);
        byte[] found = in.readNBytes(expected.length);
        assertThat(Bytes.hex(found)).isEqualTo(hex);
    }

    private void message(byte[] bytes, int length) {
        received.add(PackStreamReader.ofResponse(
                        Arrays.copyOf(bytes, length), length, Dialect.ELEMENT_IDS, PackStreamLimits.CLIENT)
                .message());
    }

    /** The next message. */
    Structure next() throws IOException {
        byte[] buffer = new byte[8192];
        while (received.isEmpty()) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("the server closed the connection");
            }
            chunks.feed(buffer, 0, read);
        }
        return received.remove();
    }

    /** The next message, which must be of this kind; answers its metadata or values. */
    Value expect(int tag) throws IOException {
        Structure message = next();
        assertThat(message.tag()).as("%s", message).isEqualTo(tag);
        return message.fields().isEmpty() ? MapValue.EMPTY : message.fields().getFirst();
    }

    MapValue expectSuccess() throws IOException {
        return (MapValue) expect(SUCCESS);
    }

    String expectFailure() throws IOException {
        MapValue metadata = (MapValue) expect(FAILURE);
        return ((Value.StringValue) metadata.get("code")).value();
    }

    /** {@code SUCCESS}, {@code IGNORED} or a failure's code. */
    String summary() throws IOException {
        Structure message = next();
        return switch (message.tag()) {
            case SUCCESS -> "SUCCESS";
            case IGNORED -> "IGNORED";
            case FAILURE -> ((Value.StringValue) ((MapValue) message.fields().getFirst()).get("code")).value();
            default -> throw new IOException("not a summary: " + message);
        };
    }

    List<Value> expectRow() throws IOException {
        return ((Value.ListValue) expect(RECORD)).values();
    }

    /** True once the server has closed; anything that still comes is thrown away. */
    boolean isClosedByServer() throws IOException {
        try {
            while (in.read() >= 0) {
                // the rest does not matter
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** One byte of whatever comes. */
    int readByte() throws IOException {
        return in.read();
    }

    /** Closes in the middle of whatever is going on. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
