package skein.benchmarks.raft;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One connection over which keys are put, one after the other: as much of gRPC, which is HTTP/2, as that takes.
 *
 * <pre>
 * frame: u24 length | u8 type | u8 flags | u32 stream
 * gRPC message in DATA: u8 compressed (0) | u32 length | PutRequest: field 1 key, field 2 value
 * </pre>
 *
 * A put is answered when its stream ends; that it was done is seen by the message that came before that, as a failure
 * has none. Headers are sent as literals and not read.
 */
final class EtcdConnection implements AutoCloseable {
    private static final byte[] PREFACE = ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final int FRAME_HEAD_BYTES = 9;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int STREAM_AT = 5;
    private static final int FLAGS_AT = 4;
    private static final int TYPE_AT = 3;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int WINDOW_UPDATE = 8;

    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** What may come before the server waits to hear that it was taken. */
    private static final int WINDOW_BYTES = 1 << 30;

    private final SocketChannel channel;
    private final byte[] headers;
    private final ByteBuffer read = ByteBuffer.allocate(BUFFER_BYTES);
    private int stream = -1;
    private boolean done;
    private boolean answered = true;
    private long sentNanos;

    private EtcdConnection(SocketChannel channel, InetSocketAddress server) {
        this.channel = channel;
        this.headers = headers(server.getHostString() + ":" + server.getPort());
    }

    static EtcdConnection open(InetSocketAddress server) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        EtcdConnection connection = new EtcdConnection(channel, server);
        ByteBuffer window = ByteBuffer.allocate(Integer.BYTES).putInt(0, WINDOW_BYTES);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PREFACE);
        frame(out, SETTINGS, 0, 0, new byte[0]);
        frame(out, WINDOW_UPDATE, 0, 0, window.array());
        connection.write(out.toByteArray());
        return connection;
    }

    SocketChannel channel() {
        return channel;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] headers(String authority) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        header(out, ":method", "POST");
        header(out, ":scheme", "http");
        header(out, ":path", "/etcdserverpb.KV/Put");
        header(out, ":authority", authority);
        header(out, "content-type", "application/grpc");
        header(out, "te", "trailers");
        return out.toByteArray();
    }

    /** A literal that is not to be remembered, its name too. */
    private static void header(ByteArrayOutputStream out, String name, String value) {
        out.write(0);
        out.write(name.length());
        out.writeBytes(ascii(name));
        out.write(value.length());
        out.writeBytes(ascii(value));
    }

    private static void frame(ByteArrayOutputStream out, int type, int flags, int ofStream, byte[] body) {
        ByteBuffer head = ByteBuffer.allocate(FRAME_HEAD_BYTES);
        head.putInt(body.length << Byte.SIZE | type).put((byte) flags).putInt(ofStream);
        out.writeBytes(head.array());
        out.writeBytes(body);
    }

    /** Sends the next put; the one before must be answered. */
    void put(byte[] key, byte[] value) throws IOException {
        stream += 2;
        done = false;
        answered = false;
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 1, key);
        field(message, 2, value);
        ByteBuffer data = ByteBuffer.allocate(1 + Integer.BYTES + message.size());
        data.put((byte) 0).putInt(message.size()).put(message.toByteArray());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame(out, HEADERS, END_HEADERS, stream, headers);
        frame(out, DATA, END_STREAM, stream, data.array());
        sentNanos = System.nanoTime();
        write(out.toByteArray());
    }

    /** Bytes shorter than 128, as protocol buffers write them. */
    private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
        out.write(number << 3 | 2);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    long sentNanos() {
        return sentNanos;
    }

    /** Takes what has arrived; true if the put is answered now. */
    boolean take() throws IOException {
        if (channel.read(read) < 0) {
            throw new EOFException("etcd hung up");
        }
        read.flip();
        while (!answered && hasFrame()) {
            takeFrame();
        }
        read.compact();
        return answered;
    }

    private int bodyBytes() {
        return read.getInt(read.position()) >>> Byte.SIZE;
    }

    private boolean hasFrame() {
        return read.remaining() >= FRAME_HEAD_BYTES && read.remaining() >= FRAME_HEAD_BYTES + bodyBytes();
    }

    private void takeFrame() throws IOException {
        int at = read.position();
        int length = bodyBytes();
        int flags = read.get(at + FLAGS_AT);
        byte[] body = new byte[length];
        read.get(at + FRAME_HEAD_BYTES, body);
        read.position(at + FRAME_HEAD_BYTES + length);
        switch (read.get(at + TYPE_AT)) {
            case DATA -> done |= length > 0;
            case HEADERS -> {
                if ((flags & END_STREAM) != 0) {
                    ended(read.getInt(at + STREAM_AT));
                }
            }
            case RESET, GO_AWAY ->
                throw new IOException("etcd refused: " + new String(body, StandardCharsets.US_ASCII));
            case SETTINGS -> acknowledge(SETTINGS, flags, new byte[0]);
            case PING -> acknowledge(PING, flags, body);
            default -> {}
        }
    }

    private void ended(int endedStream) throws IOException {
        if (endedStream != stream || !done) {
            throw new IOException("etcd has not done what it was asked");
        }
        answered = true;
    }

    private void acknowledge(int type, int flags, byte[] body) throws IOException {
        if ((flags & ACK) == 0) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            frame(out, type, ACK, 0, body);
            write(out.toByteArray());
        }
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
