package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The right to use a data directory, held by one owner at a time; the operating system takes it back when the process
 * ends, however it ends. The file {@code lock} in the directory holds the number of the process, for people.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final String NAME = "lock";
    private static final int PID_BYTES_MAX = 20;

    /**
     * Directories held by this process. The system's lock does not tell two owners within one process apart, and
     * closing any handle of the file would give the lock away.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock, making the directory if missing. STORAGE_FAILURE when another owner has it or files cannot be
     * written.
     */
    public static DirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            return hold(directory, file -> lock(directory, file));
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The data directory " + directory + " cannot be used: " + e
                            + ". Make it a directory that this user may write to, or choose another one.",
                    e);
        }
    }

    /**
     * As {@link #acquire}, but changes nothing: the directory must exist, and what stands in its file stays. A
     * directory that never had an owner has no file to lock, and needs none: empty.
     */
    public static Optional<DirectoryLock> acquireUntouched(Path directory) {
        if (!Files.exists(directory.resolve(NAME))) {
            return Optional.empty();
        }
        try {
            return Optional.of(hold(directory, file -> tryLock(directory, open(file))));
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The data directory " + directory + " cannot be locked: " + e
                            + ". Run this as the user that the directory belongs to.",
                    e);
        }
    }

    /** Locks a file, which stays locked until the channel is closed. */
    private interface FileLocking {
        FileChannel lock(Path file) throws IOException;
    }

    /** The file's lock is one a process; this one holds it once. */
    private static DirectoryLock hold(Path directory, FileLocking locking) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw locked(directory, "this process (" + ProcessHandle.current().pid() + ")");
        }
        try {
            return new DirectoryLock(real, locking.lock(real.resolve(NAME)));
        } catch (IOException | RuntimeException e) {
            HELD.remove(real);
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileChannel tryLock(Path directory, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw locked(directory, "another process" + owner(channel));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel lock(Path directory, Path file) throws IOException {
        FileChannel channel = tryLock(
                directory,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES_MAX);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return pid.chars().allMatch(Character::isDigit) && !pid.isEmpty() ? " (pid " + pid + ")" : "";
    }

    private static SkeinException locked(Path directory, String owner) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The data directory " + directory + " is locked by " + owner
                        + ". Stop that process first, or choose another directory with --data-directory.");
    }

    /** Gives the right back. The file stays. */
    @Override
    public void close() {
        if (channel.isOpen()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new SkeinException(
                        ErrorCode.STORAGE_FAILURE,
                        "The lock of the data directory " + directory + " could not be released: " + e
                                + ". It ends with this process.",
                        e);
            } finally {
                HELD.remove(directory);
            }
        }
    }
}
