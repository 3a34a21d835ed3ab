package skein.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import skein.vocabulary.HostPort;

/**
 * Stands before one port of a server and tells by which process a connection was made: each has a {@link FaultProxy} of
 * its own to the server, so that the network can be cut between any two. Thread-safe.
 */
public final class Crossing implements AutoCloseable {
    private static final String STRANGER = "";
    private static final int BACKLOG = 256;

    private final HostPort server;
    private final ServerSocket listening;
    private final Supplier<Map<Long, String>> processes;
    private final Map<String, FaultProxy> ways = new ConcurrentHashMap<>();

    /**
     * @param shown where others connect
     * @param processes the names of those that may connect, by pid; whoever else connects has a way of its own
     */
    public Crossing(HostPort shown, HostPort server, Supplier<Map<Long, String>> processes) {
        this.server = server;
        this.processes = processes;
        try {
            this.listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getByName(shown.host()), shown.port()), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("crossing-" + shown).start(this::accept);
    }

    /** The way of this process to the server. */
    public FaultProxy from(String name) {
        return ways.computeIfAbsent(name, key -> new FaultProxy(server, key.hashCode()));
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> from(nameOf(client)).take(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private String nameOf(Socket client) {
        try {
            Map<Long, String> known = processes.get();
            return SocketOwner.among(List.copyOf(known.keySet()), client.getPort(), client.getLocalPort())
                    .map(known::get)
                    .orElse(STRANGER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ways.values().forEach(FaultProxy::close);
        }
    }
}
