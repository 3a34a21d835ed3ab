package skein.server.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Which process of this machine has a connection, by the tables that Linux keeps below {@code /proc}. */
final class ProcessOfPort {
    static final Path TABLE = Path.of("/proc/net/tcp");

    private static final Path TABLE_OF_IPV6 = Path.of("/proc/net/tcp6");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private ProcessOfPort() {}

    /**
     * The process whose connection goes from one port to another.
     *
     * @param candidates processes that it may be
     */
    static OptionalLong find(int from, int to, LongPredicate candidates) {
        try {
            String inode = inode(from, to);
            return inode.isEmpty() ? OptionalLong.empty() : holder("socket:[" + inode + "]", candidates);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static String inode(int from, int to) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", from);
        String remote = String.format(Locale.ROOT, ":%04X", to);
        for (Path table : List.of(TABLE_OF_IPV6, TABLE)) {
            if (Files.isReadable(table)) {
                for (String line : Files.readAllLines(table)) {
                    String[] words = line.strip().split("\\s+", INODE + 2);
                    if (words.length > INODE && words[LOCAL].endsWith(local) && words[REMOTE].endsWith(remote)) {
                        return words[INODE];
                    }
                }
            }
        }
        return "";
    }

    private static OptionalLong holder(String socket, LongPredicate candidates) {
        return ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(candidates)
                .filter(pid -> holds(pid, socket))
                .findFirst();
    }

    private static boolean holds(long pid, String socket) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : open) {
                if (isLinkTo(file, socket)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // it has ended
        }
        return false;
    }

    private static boolean isLinkTo(Path file, String socket) {
        try {
            return Files.readSymbolicLink(file).toString().equals(socket);
        } catch (IOException e) {
            return false;
        }
    }
}
