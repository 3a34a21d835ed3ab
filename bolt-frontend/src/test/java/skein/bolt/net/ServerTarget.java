package skein.bolt.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import skein.bolt.net.BoltSettings.Limits;
import skein.vocabulary.HostPort;
import skein.vocabulary.Invariant;

/**
 * Any bytes to a server on a socket: it answers what it pleases and ends the connection once they are over; another
 * client goes on being served, and nothing is left. One server for all inputs of a process.
 */
public final class ServerTarget {
    private static final int SILENCE_MILLIS = 10_000;
    private static final FakeQueries QUERIES = new FakeQueries();
    private static final BoltServer SERVER = BoltServer.start(
            BoltSettings.listeningOn("127.0.0.1", 0).with(Limits.with(Map.of("bolt-request-memory-mib-max", "16"))),
            QUERIES,
            new FakeAdmin());
    private static final RawClient WITNESS = witness();

    private ServerTarget() {}

    private static RawClient witness() {
        try {
            return RawClient.loggedIn(SERVER.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            sendAll(input);
            QUERIES.events.clear();
            QUERIES.options.clear();
            WITNESS.run("ROWS 1").pull(-1).flush();
            WITNESS.expectSuccess();
            WITNESS.expectRow();
            WITNESS.expectSuccess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Invariant.check(SERVER.requestBytes() <= 1 << 20, "%d bytes of requests are left", SERVER.requestBytes());
    }

    /** Reads until the server has closed, which it does when the client says that it has nothing more to say. */
    private static void sendAll(byte[] input) throws IOException {
        HostPort address = SERVER.address();
        try (Socket socket = new Socket(InetAddress.getByName(address.host()), address.port())) {
            socket.setSoTimeout(SILENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(input);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // the answers do not matter
            }
        } catch (SocketException e) {
            // closed by the server while bytes were still on their way to it
            Invariant.check(!socketFault(e), "the server is gone: %s", e);
        }
    }

    private static boolean socketFault(SocketException e) {
        return String.valueOf(e.getMessage()).contains("refused");
    }
}
