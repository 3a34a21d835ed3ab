package skein.storage.wal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.Invariant;

/**
 * A {@link LogDisk} on a directory that is never written to: what is created, changed, renamed or deleted is so in
 * memory only, and gone with the object. So recovery itself can be run as a check. What a recovery changes is at most
 * about one segment.
 */
public final class ReadOnlyDisk implements LogDisk {
    private final Path directory;
    private final LongConsumer bytesRead;
    private final TreeMap<String, Content> files = new TreeMap<>();

    /**
     * @param directory need not exist; what is in it now is what the disk holds
     * @param bytesRead told after each read from a file, of so many bytes
     */
    public ReadOnlyDisk(Path directory, LongConsumer bytesRead) throws IOException {
        this.directory = directory;
        this.bytesRead = bytesRead;
        if (Files.isDirectory(directory)) {
            try (Stream<Path> found = Files.list(directory)) {
                found.filter(Files::isRegularFile)
                        .forEach(file -> files.put(file.getFileName().toString(), new Content(file)));
            }
        }
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized LogFile create(String name) {
        Content empty = new Content(new byte[0]);
        files.put(name, empty);
        return new OpenFile(empty);
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        return new OpenFile(present(files.get(name), name));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        files.put(to, present(files.remove(from), from));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        present(files.remove(name), name);
    }

    private Content present(@Nullable Content content, String name) throws IOException {
        if (content == null) {
            throw new NoSuchFileException(describe(name));
        }
        return content;
    }

    @Override
    public void forceDirectory() {
        // nothing of this outlives the object anyway
    }

    @Override
    public String describe(String name) {
        return directory.resolve(name).toString();
    }

    /** What a file holds: still what the directory has, or bytes of its own. */
    private static final class Content {
        private final @Nullable Path original;
        private byte @Nullable [] changed;
        private int length;

        private Content(Path original) {
            this.original = original;
        }

        private Content(byte[] changed) {
            this.original = null;
            this.changed = changed;
        }

        private synchronized byte @Nullable [] changed() {
            return changed;
        }

        private synchronized long size() throws IOException {
            return changed == null ? Files.size(original()) : length;
        }

        private Path original() {
            return Invariant.present(original, "a file made in memory has no original");
        }

        private synchronized void writeAt(long offset, ByteBuffer bytes) throws IOException {
            byte[] before = changed;
            if (before == null) {
                before = Files.readAllBytes(original());
                length = before.length;
            }
            int end = Math.toIntExact(offset + bytes.remaining());
            byte[] room = end <= before.length ? before : Arrays.copyOf(before, Math.max(end, before.length * 3 / 2));
            int count = bytes.remaining();
            bytes.get(room, Math.toIntExact(offset), count);
            length = Math.max(length, end);
            changed = room;
        }

        private synchronized int readAt(long offset, byte[] into, int at, int count) {
            int available = (int) Math.max(0, Math.min(count, length - offset));
            byte[] held = changed;
            if (held != null && available > 0) {
                System.arraycopy(held, (int) offset, into, at, available);
            }
            return available;
        }
    }

    private final class OpenFile implements LogFile {
        private final Content content;
        private @Nullable RandomAccessFile reader;

        private OpenFile(Content content) {
            this.content = content;
        }

        @Override
        public void writeAt(long offset, ByteBuffer bytes) throws IOException {
            content.writeAt(offset, bytes);
        }

        @Override
        public synchronized int readAt(long offset, byte[] into, int at, int count) throws IOException {
            if (content.changed() != null) {
                return content.readAt(offset, into, at, count);
            }
            if (reader == null) {
                reader = new RandomAccessFile(content.original().toFile(), "r");
            }
            reader.seek(offset);
            int total = 0;
            while (total < count) {
                int read = reader.read(into, at + total, count - total);
                if (read < 0) {
                    break;
                }
                total += read;
            }
            bytesRead.accept(total);
            return total;
        }

        @Override
        public void force() {
            // nothing of this outlives the object anyway
        }

        @Override
        public long size() throws IOException {
            return content.size();
        }

        @Override
        public synchronized void close() throws IOException {
            if (reader != null) {
                reader.close();
            }
        }
    }

    /** Names of files that would be other than they are, had all this been done to the directory. */
    public synchronized List<String> changes() {
        List<String> names = new ArrayList<>();
        files.forEach((name, content) -> {
            Path before = directory.resolve(name);
            if (content.changed() != null || !before.equals(content.original)) {
                names.add(name);
            }
        });
        return names;
    }
}
