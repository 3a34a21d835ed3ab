package skein.benchmarks.cypher;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import skein.benchmarks.bolt.Requests;
import skein.benchmarks.bolt.ServerProcess;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamLimits;
import skein.bolt.packstream.PackStreamReader;
import skein.bolt.packstream.Structure;
import skein.graph.Value;

/** One connection that asks and reads the rows, for loading and for comparing answers; nothing is measured with it. */
final class Conversation implements AutoCloseable {
    private static final int SUCCESS = 0x70;
    private static final int RECORD = 0x71;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int SHOWN_MAX = 500;

    private final Socket socket;
    private final DataInputStream input;
    private final String database;

    private Conversation(Socket socket, String database) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
        this.database = database;
    }

    static Conversation with(ServerProcess server) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setTcpNoDelay(true);
        Conversation conversation = new Conversation(socket, server.database());
        socket.getOutputStream().write(Requests.handshake());
        if (conversation.input.readInt() != Requests.VERSION) {
            throw new IOException("the server does not speak Bolt 5.4");
        }
        socket.getOutputStream().write(Requests.login(server.login()));
        conversation.success();
        conversation.success();
        return conversation;
    }

    /** Sends a query without waiting for the answer; {@link #rows} reads answers in order. */
    void send(String text, Map<String, ?> parameters) throws IOException {
        socket.getOutputStream().write(Requests.query(text, parameters, database));
    }

    /** All rows of a query. */
    List<List<Value>> ask(String text, Map<String, ?> parameters) throws IOException {
        send(text, parameters);
        return rows();
    }

    /** All rows of the oldest query whose answer has not been read. */
    List<List<Value>> rows() throws IOException {
        success();
        List<List<Value>> rows = new ArrayList<>();
        byte[] message = message();
        while (tag(message) == RECORD) {
            Structure row = PackStreamReader.ofResponse(
                            message, message.length, Dialect.ELEMENT_IDS, PackStreamLimits.CLIENT)
                    .message();
            rows.add(((Value.ListValue) row.fields().getFirst()).values());
            message = message();
        }
        check(message);
        return rows;
    }

    private void success() throws IOException {
        check(message());
    }

    private static void check(byte[] message) throws IOException {
        if (tag(message) != SUCCESS) {
            String shown = new String(message, StandardCharsets.UTF_8);
            throw new IOException("the server answered: " + shown.substring(0, Math.min(SHOWN_MAX, shown.length())));
        }
    }

    private static int tag(byte[] message) {
        return message[1] & 0xFF;
    }

    private byte[] message() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = input.readUnsignedShort(); size != 0 || body.size() == 0; size = input.readUnsignedShort()) {
            body.write(input.readNBytes(size));
        }
        return body.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
