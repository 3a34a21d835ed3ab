package skein.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import skein.bolt.message.BoltVersion;
import skein.vocabulary.HostPort;

/**
 * Stands between a client and a server and lets the client propose one version only, of those it proposes itself.
 * Nothing else is changed. Bolt begins with a magic word and four proposals {@code 00 RANGE MINOR MAJOR}.
 */
final class VersionProxy implements AutoCloseable {
    private static final int OPENING_BYTES = 20;
    private static final int WORD_BYTES = 4;

    private final ServerSocket listening;
    private final HostPort server;
    private final BoltVersion version;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    VersionProxy(HostPort server, BoltVersion version) {
        this.server = server;
        this.version = version;
        try {
            this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy-" + version).start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket behind = new Socket(server.host(), server.port())) {
            open.add(client);
            open.add(behind);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            byte[] opening = client.getInputStream().readNBytes(OPENING_BYTES);
            if (proposed(opening).contains(version)) {
                behind.getOutputStream().write(onlyProposing(opening));
                Thread back = Thread.ofVirtual().start(() -> copy(behind, client));
                copy(client, behind);
                back.join();
            }
        } catch (IOException e) {
            // one side has gone, and with this block the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] onlyProposing(byte[] opening) {
        byte[] changed = Arrays.copyOf(Arrays.copyOf(opening, WORD_BYTES), OPENING_BYTES);
        changed[WORD_BYTES + 2] = (byte) version.minor();
        changed[WORD_BYTES + 3] = (byte) version.major();
        return changed;
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int size = input.read(buffer); size >= 0; size = input.read(buffer)) {
                output.write(buffer, 0, size);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The versions of ours that a client proposes, apart from a manifest. */
    static List<BoltVersion> proposed(byte[] opening) {
        return Stream.of(BoltVersion.values())
                .filter(known -> offers(opening, known))
                .toList();
    }

    private static boolean offers(byte[] opening, BoltVersion version) {
        for (int at = WORD_BYTES; at + WORD_BYTES <= opening.length; at += WORD_BYTES) {
            int minor = opening[at + 2];
            boolean within = version.minor() <= minor && version.minor() >= minor - opening[at + 1];
            if (opening[at + 3] == version.major() && within) {
                return true;
            }
        }
        return false;
    }

    /** Takes one connection and hangs up; answers what the client began with. */
    static byte[] openingOf(IntConsumer connectTo) {
        try {
            Thread client;
            byte[] opening;
            try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = once.getLocalPort();
                client = Thread.ofVirtual().start(() -> connectTo.accept(port));
                try (Socket socket = once.accept()) {
                    opening = socket.getInputStream().readNBytes(OPENING_BYTES);
                }
            }
            client.join();
            return opening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(VersionProxy::closeQuietly);
        }
    }
}
