package skein.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skein.vocabulary.HostPort;

/**
 * The least that can drive a Bolt 5.4 server: one query text with one integer parameter, RUN and PULL in one write,
 * answers only looked at as far as their kind. It exists so that a measurement on two cores measures the server and not
 * a driver's object mapping.
 */
final class BoltClient implements AutoCloseable {
    private static final byte[] HANDSHAKE = {
        0x60, 0x60, (byte) 0xB0, 0x17, 0, 4, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int SUCCESS = 0x70;
    private static final int RECORD = 0x71;
    private static final byte[] PULL_ALL = {(byte) 0xB1, 0x3F, (byte) 0xA1, (byte) 0x81, 'n', (byte) 0xFF};

    private final Socket socket;
    private final DataInputStream input;
    private final OutputStream output;
    private String lastMessage = "";

    private BoltClient(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.output = socket.getOutputStream();
    }

    /** Connects and logs in without credentials. */
    static BoltClient connect(HostPort address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address.host(), address.port()));
        BoltClient client = new BoltClient(socket);
        client.output.write(HANDSHAKE);
        int version = client.input.readInt();
        if (version != 0x0405) {
            throw new IOException("the server answered version " + Integer.toHexString(version) + ", not 5.4");
        }
        client.send(bytes(out -> {
            out.write(new byte[] {(byte) 0xB1, 0x01, (byte) 0xA1});
            string(out, "user_agent");
            string(out, "skein-benchmarks/1");
        }));
        client.expectSuccess();
        client.send(bytes(out -> {
            out.write(new byte[] {(byte) 0xB1, 0x6A, (byte) 0xA1});
            string(out, "scheme");
            string(out, "none");
        }));
        client.expectSuccess();
        return client;
    }

    /** Runs an auto-commit query to its end; answers how many rows came. */
    int run(String query, long parameter) throws IOException {
        byte[] run = bytes(out -> {
            out.write(new byte[] {(byte) 0xB3, 0x10});
            string(out, query);
            out.write((byte) 0xA1);
            string(out, "i");
            out.write(0xCB);
            out.writeLong(parameter);
            out.write((byte) 0xA0);
        });
        send(run, PULL_ALL);
        expectSuccess();
        int rows = 0;
        int kind = readMessage();
        while (kind == RECORD) {
            rows++;
            kind = readMessage();
        }
        check(kind);
        return rows;
    }

    private void expectSuccess() throws IOException {
        check(readMessage());
    }

    private void check(int kind) throws IOException {
        if (kind != SUCCESS) {
            throw new IOException("the server answered message " + Integer.toHexString(kind) + ": " + lastMessage);
        }
    }

    /** Reads one message; answers its tag. */
    private int readMessage() throws IOException {
        byte[] body = new byte[0];
        for (int size = input.readUnsignedShort(); size != 0 || body.length == 0; size = input.readUnsignedShort()) {
            byte[] chunk = input.readNBytes(size);
            body = body.length == 0 ? chunk : concatenate(body, chunk);
        }
        int kind = body[1] & 0xFF;
        if (kind != SUCCESS && kind != RECORD) {
            lastMessage = new String(body, StandardCharsets.ISO_8859_1);
        }
        return kind;
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private void send(byte[]... messages) throws IOException {
        output.write(bytes(out -> {
            for (byte[] message : messages) {
                out.writeShort(message.length);
                out.write(message);
                out.writeShort(0);
            }
        }));
    }

    private interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 16) {
            out.write(0x80 | utf8.length);
        } else {
            out.write(0xD0);
            out.write(utf8.length);
        }
        out.write(utf8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
