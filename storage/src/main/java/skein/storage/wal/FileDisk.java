package skein.storage.wal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A {@link LogDisk} on a directory of the file system. */
public final class FileDisk implements LogDisk {
    private final Path directory;

    /** The directory is made if missing; that it is there survives the loss of power from now on. */
    public FileDisk(Path directory) throws IOException {
        this.directory = directory;
        make(directory.toAbsolutePath());
    }

    private static void make(Path directory) throws IOException {
        Path parent = directory.getParent();
        boolean missing = !Files.isDirectory(directory);
        if (missing && parent != null) {
            make(parent);
        }
        Files.createDirectories(directory);
        // one that was there may have been made by a process that was killed before this
        if (parent != null && (missing || Files.isReadable(parent))) {
            force(parent);
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public LogFile create(String name) throws IOException {
        Path path = directory.resolve(name);
        Files.deleteIfExists(path);
        Files.createFile(path);
        return new ChannelFile(path);
    }

    @Override
    public LogFile open(String name) throws IOException {
        Path path = directory.resolve(name);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return new ChannelFile(path);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(directory.resolve(name));
    }

    @Override
    public void forceDirectory() throws IOException {
        force(directory);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new ForceFailure(e);
        }
    }

    @Override
    public String describe(String name) {
        return directory.resolve(name).toString();
    }

    /**
     * Writes through a channel, which the log's own thread uses and nobody interrupts; reads through a second handle,
     * because an interrupted reader would close the channel under the writer.
     */
    private static final class ChannelFile implements LogFile {
        private final FileChannel writer;
        private final RandomAccessFile reader;

        ChannelFile(Path path) throws IOException {
            reader = new RandomAccessFile(path.toFile(), "r");
            writer = FileChannel.open(path, StandardOpenOption.WRITE);
        }

        @Override
        public void writeAt(long offset, ByteBuffer bytes) throws IOException {
            long at = offset;
            while (bytes.hasRemaining()) {
                at += writer.write(bytes, at);
            }
        }

        @Override
        public synchronized int readAt(long offset, byte[] into, int at, int count) throws IOException {
            reader.seek(offset);
            int total = 0;
            while (total < count) {
                int read = reader.read(into, at + total, count - total);
                if (read < 0) {
                    break;
                }
                total += read;
            }
            return total;
        }

        @Override
        public void force() throws IOException {
            try {
                writer.force(false);
            } catch (IOException e) {
                throw new ForceFailure(e);
            }
        }

        @Override
        public long size() throws IOException {
            return writer.size();
        }

        @Override
        public void close() throws IOException {
            try (writer) {
                reader.close();
            }
        }
    }
}
