package skein.server.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports of this machine that nobody listens on; none is given out twice. */
final class FreePorts {
    private static final int PORT_MAX = 65_535;

    private final Set<Integer> given = new HashSet<>();

    /**
     * The first free port from a base on. Somebody else may take it before it is used; whoever is to listen on it says
     * so then.
     */
    int from(int base) {
        int port = base;
        while (given.contains(port) || !isFree(port)) {
            if (port == PORT_MAX) {
                throw new IllegalStateException("no port is free from " + base + " on");
            }
            port++;
        }
        given.add(port);
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
