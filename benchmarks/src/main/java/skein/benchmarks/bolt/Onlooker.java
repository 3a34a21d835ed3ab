package skein.benchmarks.bolt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Another connection, which sees in the list of transactions whether a query still runs. */
final class Onlooker implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    /** RUN's and PULL's. */
    private static final int SUMMARIES = 2;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final byte[] request = Requests.query("SHOW TRANSACTIONS", "");
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Connection connection;

    Onlooker(InetSocketAddress server, Login login) throws IOException {
        this.connection = Connection.open(server, login, 1);
    }

    /** Asks until no transaction of this text is there any more. */
    void awaitEnd(String query) throws IOException {
        long asked = System.nanoTime();
        while (sees(query)) {
            if (System.nanoTime() - asked > PATIENCE_NANOS) {
                throw new IOException("the query does not end: " + query);
            }
        }
    }

    boolean sees(String query) throws IOException {
        StringBuilder answer = new StringBuilder();
        connection.request(request, SUMMARIES);
        while (!connection.isAnswered()) {
            connection.take(buffer);
            answer.append(new String(buffer.array(), 0, buffer.limit(), StandardCharsets.ISO_8859_1));
        }
        return answer.indexOf(query) >= 0;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
