package skein.storage.wal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that keeps apart what is written and what is durable, and fails on demand. A crash image holds what
 * was forced and, of the rest, any 512-byte sectors and any first part of the changes of names.
 */
public final class FaultDisk implements LogDisk {
    private static final int SECTOR_BYTES = 512;

    private Map<String, Content> names = new TreeMap<>();
    private Map<String, Content> durableNames = new TreeMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    private @Nullable IOException forceFailure;
    private long bytesLeft = Long.MAX_VALUE;
    private int forces;
    private int writes;
    private Runnable beforeForce = () -> {};
    private Runnable afterOperation = () -> {};

    /** What a crash keeps of what was not forced. */
    public enum Kept {
        /** A loss of power at its worst. */
        NOTHING,
        /** A kill of the process. */
        ALL,
        /** A loss of power. */
        SOME
    }

    private interface NameChange {
        void apply(Map<String, Content> names);
    }

    /** Files as given, all of it durable. */
    public static FaultDisk of(Map<String, byte[]> files) {
        FaultDisk disk = new FaultDisk();
        files.forEach((name, bytes) -> disk.names.put(name, new Content(bytes)));
        disk.durableNames = new TreeMap<>(disk.names);
        return disk;
    }

    /** All files as they are now. */
    public synchronized Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        names.forEach((name, content) -> files.put(name, content.current()));
        return files;
    }

    /**
     * The disk as it might be found after a crash now. After a kill of the process, what was not forced is there, but
     * still not durable.
     */
    public synchronized FaultDisk crash(Kept kept, Random random) {
        IdentityHashMap<Content, Content> survivors = new IdentityHashMap<>();
        UnaryOperator<Content> survivor = old -> survivors.computeIfAbsent(old, content -> content.crash(kept, random));
        int changes = switch (kept) {
            case NOTHING -> 0;
            case ALL -> pendingNames.size();
            case SOME -> random.nextInt(pendingNames.size() + 1);
        };
        Map<String, Content> found = new TreeMap<>(durableNames);
        pendingNames.subList(0, changes).forEach(change -> change.apply(found));
        FaultDisk image = new FaultDisk();
        found.forEach((name, content) -> image.names.put(name, survivor.apply(content)));
        image.durableNames = new TreeMap<>(image.names);
        if (kept == Kept.ALL && !pendingNames.isEmpty()) {
            Map<String, Content> pending = new TreeMap<>(image.names);
            image.durableNames.clear();
            durableNames.forEach((name, content) -> image.durableNames.put(name, survivor.apply(content)));
            image.pendingNames.add(all -> {
                all.clear();
                all.putAll(pending);
            });
        }
        return image;
    }

    /** Every force from now on fails. */
    public synchronized void failForces(@Nullable IOException failure) {
        forceFailure = failure;
    }

    /** Files may grow by so many bytes in all, then the disk is full; deleting gives nothing back. */
    public synchronized void limitSpace(long bytes) {
        bytesLeft = bytes;
    }

    /** Runs before each force, outside of any lock; may block. */
    public void beforeForce(Runnable action) {
        beforeForce = action;
    }

    /** Runs after each change of anything, in the thread that made it. */
    public void afterOperation(Runnable action) {
        afterOperation = action;
    }

    public synchronized int forces() {
        return forces;
    }

    public synchronized int writes() {
        return writes;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public LogFile create(String name) {
        Content content = new Content(new byte[0]);
        change(all -> all.put(name, content));
        return new File(content);
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        Content content = names.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return new File(content);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        open(from).close();
        change(all -> {
            Content content = all.remove(from);
            if (content != null) {
                all.put(to, content);
            }
        });
    }

    @Override
    public void delete(String name) throws IOException {
        open(name).close();
        change(all -> all.remove(name));
    }

    private void change(NameChange change) {
        synchronized (this) {
            change.apply(names);
            pendingNames.add(change);
        }
        afterOperation.run();
    }

    @Override
    public void forceDirectory() {
        synchronized (this) {
            durableNames = new TreeMap<>(names);
            pendingNames.clear();
        }
        afterOperation.run();
    }

    @Override
    public String describe(String name) {
        return "disk/" + name;
    }

    /** An inode. */
    private static final class Content {
        private byte[] bytes;
        private int size;
        private byte[] durable;
        private final BitSet dirty = new BitSet();

        Content(byte[] initial) {
            bytes = initial.clone();
            size = initial.length;
            durable = initial.clone();
        }

        byte[] current() {
            return Arrays.copyOf(bytes, size);
        }

        void write(int offset, ByteBuffer source) {
            int end = offset + source.remaining();
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            }
            dirty.set(offset / SECTOR_BYTES, (end + SECTOR_BYTES - 1) / SECTOR_BYTES);
            source.get(bytes, offset, end - offset);
            size = Math.max(size, end);
        }

        void force() {
            durable = current();
            dirty.clear();
        }

        Content crash(Kept kept, Random random) {
            byte[] found = durable;
            for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
                if (kept == Kept.ALL || (kept == Kept.SOME && random.nextBoolean())) {
                    int from = sector * SECTOR_BYTES;
                    int to = Math.min(size, from + SECTOR_BYTES);
                    found = Arrays.copyOf(found, Math.max(found.length, to));
                    System.arraycopy(bytes, from, found, from, to - from);
                }
            }
            Content survivor = new Content(found);
            if (kept == Kept.ALL) {
                survivor.durable = durable;
                survivor.dirty.or(dirty);
            }
            return survivor;
        }
    }

    private final class File implements LogFile {
        private final Content content;

        File(Content content) {
            this.content = content;
        }

        @Override
        public void writeAt(long offset, ByteBuffer source) throws IOException {
            synchronized (FaultDisk.this) {
                writes++;
                int wanted = source.remaining();
                long inside = Math.max(0, content.size - offset);
                int fits = (int) Math.min(inside + Math.min(bytesLeft, wanted), wanted);
                ByteBuffer part = source.slice(source.position(), fits);
                content.write(Math.toIntExact(offset), part);
                source.position(source.position() + fits);
                bytesLeft -= Math.max(0, fits - inside);
                if (fits < wanted) {
                    throw new IOException("No space left on device");
                }
            }
            afterOperation.run();
        }

        @Override
        public int readAt(long offset, byte[] into, int at, int count) {
            synchronized (FaultDisk.this) {
                int read = Math.clamp(content.size - offset, 0, count);
                System.arraycopy(content.bytes, (int) Math.min(offset, content.size), into, at, read);
                return read;
            }
        }

        @Override
        public void force() throws IOException {
            beforeForce.run();
            synchronized (FaultDisk.this) {
                if (forceFailure != null) {
                    throw new ForceFailure(forceFailure);
                }
                forces++;
                content.force();
            }
            afterOperation.run();
        }

        @Override
        public long size() {
            synchronized (FaultDisk.this) {
                return content.size;
            }
        }

        @Override
        public void close() {}
    }
}
