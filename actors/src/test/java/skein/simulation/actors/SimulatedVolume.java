package skein.simulation.actors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skein.storage.wal.DirectoryTree;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;

/**
 * The files of one host, which outlive its processes. When the power goes, a file is what was forced of it with some of
 * the later writes, and a directory what was forced of it with a first part of the later changes; what no directory
 * names any more is gone, with everything below it.
 */
final class SimulatedVolume {
    private Directory root = new Directory();

    /** What a force costs, and whether there is space; asked on the thread that writes. */
    interface Hardware {
        void force() throws IOException;

        void grow() throws IOException;
    }

    private sealed interface Inode {
        void powerLost(RandomGenerator random);

        long bytes();
    }

    private static final class Contents implements Inode {
        private FileContent content = new FileContent();

        @Override
        public void powerLost(RandomGenerator random) {
            content = content.surviving(random);
        }

        @Override
        public long bytes() {
            return content.size();
        }
    }

    private static final class Directory implements Inode {
        private final Map<String, Inode> names = new TreeMap<>();
        private final Map<String, Inode> durable = new TreeMap<>();
        private final List<Consumer<Map<String, Inode>>> pending = new ArrayList<>();

        void change(Consumer<Map<String, Inode>> change) {
            change.accept(names);
            pending.add(change);
        }

        void force(Hardware hardware) throws IOException {
            List<Consumer<Map<String, Inode>>> before = List.copyOf(pending);
            hardware.force();
            for (Consumer<Map<String, Inode>> change : before) {
                if (pending.remove(change)) {
                    change.accept(durable);
                }
            }
        }

        @Override
        public void powerLost(RandomGenerator random) {
            int kept = random.nextInt(pending.size() + 1);
            pending.subList(0, kept).forEach(change -> change.accept(durable));
            pending.clear();
            names.clear();
            names.putAll(durable);
            names.values().forEach(inode -> inode.powerLost(random));
        }

        @Override
        public long bytes() {
            return names.values().stream().mapToLong(Inode::bytes).sum();
        }

        void rename(String from, String to) {
            change(all -> {
                Inode moved = all.remove(from);
                if (moved != null) {
                    all.put(to, moved);
                }
            });
        }
    }

    void powerLost(RandomGenerator random) {
        root.powerLost(random);
    }

    /** Somebody gives the host an empty disk. */
    void wipe() {
        root = new Directory();
    }

    private @Nullable Directory find(@Nullable Path path) {
        Directory at = root;
        if (path != null) {
            for (Path name : path) {
                if (!(at.names.get(name.toString()) instanceof Directory next)) {
                    return null;
                }
                at = next;
            }
        }
        return at;
    }

    /** A directory as {@code FileDisk} makes and sees it. */
    LogDisk disk(Path path, Hardware hardware) throws IOException {
        Directory at = root;
        for (Path name : path) {
            Directory parent = at;
            if (!(parent.names.get(name.toString()) instanceof Directory)) {
                Directory fresh = new Directory();
                parent.change(all -> all.put(name.toString(), fresh));
            }
            parent.force(hardware);
            if (!(parent.names.get(name.toString()) instanceof Directory next)) {
                throw new FileNotFoundException(path + " went away");
            }
            at = next;
        }
        return new View(at, path.toString(), hardware);
    }

    DirectoryTree tree() {
        return new Tree();
    }

    private final class Tree implements DirectoryTree {
        @Override
        public boolean exists(Path directory) {
            return find(directory) != null;
        }

        @Override
        public List<String> names(Path directory) {
            Directory found = find(directory);
            return found == null ? List.of() : List.copyOf(found.names.keySet());
        }

        private Directory parent(Path directory) throws IOException {
            Directory found = find(directory.getParent());
            if (found == null) {
                throw new FileNotFoundException(directory.toString());
            }
            return found;
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            Directory parent = parent(from);
            if (parent != parent(to) || !exists(from)) {
                throw new IOException("cannot move " + from + " to " + to);
            }
            parent.rename(from.getFileName().toString(), to.getFileName().toString());
        }

        @Override
        public void delete(Path directory) {
            Directory parent = find(directory.getParent());
            if (parent != null && exists(directory)) {
                parent.change(all -> all.remove(directory.getFileName().toString()));
            }
        }

        @Override
        public long bytesInUse(Path directory) {
            Directory found = find(directory);
            return found == null ? 0 : found.bytes();
        }
    }

    private record View(Directory directory, String describedAs, Hardware hardware) implements LogDisk {
        private Contents file(String name) throws IOException {
            if (!(directory.names.get(name) instanceof Contents file)) {
                throw new FileNotFoundException(describe(name));
            }
            return file;
        }

        @Override
        public List<String> list() {
            return List.copyOf(directory.names.keySet());
        }

        @Override
        public LogFile create(String name) throws IOException {
            hardware.grow();
            Contents file = new Contents();
            directory.change(all -> all.put(name, file));
            return new Open(file, hardware);
        }

        @Override
        public LogFile open(String name) throws IOException {
            return new Open(file(name), hardware);
        }

        @Override
        public void rename(String from, String to) throws IOException {
            file(from);
            directory.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            file(name);
            directory.change(all -> all.remove(name));
        }

        @Override
        public void forceDirectory() throws IOException {
            directory.force(hardware);
        }

        @Override
        public String describe(String name) {
            return name.isEmpty() ? describedAs : describedAs + "/" + name;
        }
    }

    private record Open(Contents file, Hardware hardware) implements LogFile {
        @Override
        public void writeAt(long offset, ByteBuffer bytes) throws IOException {
            if (offset + bytes.remaining() > size()) {
                hardware.grow();
            }
            byte[] what = new byte[bytes.remaining()];
            bytes.get(what);
            file.content.write(Math.toIntExact(offset), what);
        }

        @Override
        public int readAt(long offset, byte[] into, int at, int count) {
            return file.content.read(offset, into, at, count);
        }

        @Override
        public void force() throws IOException {
            FileContent content = file.content;
            int count = content.unforced();
            hardware.force();
            content.force(count);
        }

        @Override
        public long size() {
            return file.content.size();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
