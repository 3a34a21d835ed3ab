package skein.fault;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process of this user has opened a connection on this machine, as Linux tells it. */
final class SocketOwner {
    private static final Path PROC = Path.of("/proc");
    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");
    private static final int LOCAL_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int INODE = 9;

    private SocketOwner() {}

    /**
     * The one of these processes that has the connection; empty when none has, or has no more.
     *
     * @param localPort its own port
     * @param remotePort the port that it has connected to
     */
    static Optional<Long> among(List<Long> pids, int localPort, int remotePort) throws IOException {
        Optional<String> socket = socket(localPort, remotePort);
        if (socket.isEmpty()) {
            return Optional.empty();
        }
        for (long pid : pids) {
            if (has(pid, socket.get())) {
                return Optional.of(pid);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> socket(int localPort, int remotePort) throws IOException {
        String local = hex(localPort);
        String remote = hex(remotePort);
        for (String table : TABLES) {
            try (Stream<String> lines = Files.lines(PROC.resolve(table))) {
                Optional<String> found = lines.map(line -> line.trim().split("\\s+", -1))
                        .filter(cells -> cells.length > INODE
                                && cells[LOCAL_ADDRESS].endsWith(local)
                                && cells[REMOTE_ADDRESS].endsWith(remote))
                        .map(cells -> "socket:[" + cells[INODE] + "]")
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, ":%04X", port);
    }

    private static boolean has(long pid, String socket) {
        try (DirectoryStream<Path> open =
                Files.newDirectoryStream(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            for (Path one : open) {
                if (isLinkTo(one, socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // the process has ended
            return false;
        }
    }

    private static boolean isLinkTo(Path descriptor, String socket) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(socket);
        } catch (IOException e) {
            // closed meanwhile
            return false;
        }
    }
}
