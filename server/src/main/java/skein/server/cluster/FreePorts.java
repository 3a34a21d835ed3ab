package skein.server.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine that nobody listens on. */
final class FreePorts {
    private static final int PORT_MAX = 65_535;

    private FreePorts() {}

    /**
     * The first free ports from a base on, all different. Somebody else may take one before it is used; whoever is to
     * listen on it says so then.
     */
    static List<Integer> from(int base, int count) {
        List<Integer> ports = new ArrayList<>();
        for (int port = base; ports.size() < count; port++) {
            if (port > PORT_MAX) {
                throw new IllegalStateException("fewer than " + count + " ports are free from " + base + " on");
            }
            if (isFree(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
