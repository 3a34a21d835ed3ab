package skein.benchmarks.bolt;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection that is logged in. Its requests are small enough for the socket's buffer. */
final class Connection implements AutoCloseable {
    /** HELLO's and LOGON's. */
    private static final int SUMMARIES_OF_LOGIN = 2;

    private static final int LOGIN_BYTES_MAX = 4096;

    private final SocketChannel channel;
    private final Answers answers = new Answers();
    private long awaited;
    private long requestedNanos;

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects and logs in, waiting for the answers.
     *
     * @param from last part of the loopback address to come from; servers count connections by address
     */
    static Connection open(InetSocketAddress server, Login login, int from) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}), 0));
            channel.connect(server);
            Connection connection = new Connection(channel);
            connection.agree();
            connection.request(Requests.login(login), SUMMARIES_OF_LOGIN);
            connection.await(ByteBuffer.allocateDirect(LOGIN_BYTES_MAX));
            return connection;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void agree() throws IOException {
        write(Requests.handshake());
        ByteBuffer version = ByteBuffer.allocate(Integer.BYTES);
        while (version.hasRemaining()) {
            read(version);
        }
        if (version.getInt(0) != Requests.VERSION) {
            throw new IOException("the server answered version " + Integer.toHexString(version.getInt(0)));
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Sends a request that is answered by so many summaries. */
    void request(byte[] bytes, int summaries) throws IOException {
        awaited = answers.summaries() + summaries;
        requestedNanos = System.nanoTime();
        write(bytes);
    }

    long requestedNanos() {
        return requestedNanos;
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server hung up");
        }
    }

    /** Takes what has arrived; answers whether the request is answered. */
    boolean take(ByteBuffer buffer) throws IOException {
        buffer.clear();
        read(buffer);
        answers.take(buffer.flip());
        return isAnswered();
    }

    /** As above, while the channel does not block; answers whether something had arrived. */
    boolean takeIfAny(ByteBuffer buffer) throws IOException {
        buffer.clear();
        read(buffer);
        boolean any = buffer.position() > 0;
        answers.take(buffer.flip());
        return any;
    }

    boolean isAnswered() {
        return answers.summaries() >= awaited;
    }

    /** Waits for the rest of the answer; only while the channel blocks. */
    void await(ByteBuffer buffer) throws IOException {
        while (!isAnswered()) {
            take(buffer);
        }
    }

    /** Sends RESET behind what has not been answered. */
    void reset() throws IOException {
        awaited++;
        requestedNanos = System.nanoTime();
        write(Requests.reset());
    }

    /** From now on failures are counted. */
    void expectFailures() {
        answers.expectFailures();
    }

    long failures() {
        return answers.failures();
    }

    long rows() {
        return answers.rows();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
