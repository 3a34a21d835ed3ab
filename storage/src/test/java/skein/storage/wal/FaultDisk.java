package skein.storage.wal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that records every write and every change of names until it is forced, and fails on demand. A crash
 * image holds what was forced and, of the rest, each sector of 512 bytes as it was after any of the writes to it, and
 * any first part of the changes of names.
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
    private @Nullable Write newestWrite;
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

    /** Which version of a sector is found after a crash. */
    private interface Survival {
        /**
         * How many of the writes to it that were not forced had reached the disk.
         *
         * @param writes in order
         */
        int kept(int sector, List<Write> writes);
    }

    /** Compared by identity. */
    private static final class Write {
        private final int offset;
        private final byte[] bytes;

        Write(int offset, byte[] bytes) {
            this.offset = offset;
            this.bytes = bytes;
        }
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
        return switch (kept) {
            case NOTHING -> image(0, (sector, writes) -> 0);
            case ALL -> kill();
            case SOME ->
                image(random.nextInt(pendingNames.size() + 1), (sector, writes) -> random.nextInt(writes.size() + 1));
        };
    }

    /**
     * What a loss of power now may leave, one disk each: of what was not forced nothing; all; all but one write, for
     * each write; all, with the newest write torn at each sector; and so many random subsets.
     */
    public synchronized List<FaultDisk> everyLossOfPower(Random random, int subsets) {
        List<FaultDisk> images = new ArrayList<>();
        int all = pendingNames.size();
        images.add(image(0, (sector, writes) -> 0));
        images.add(image(all, (sector, writes) -> writes.size()));
        for (Write dropped : pendingWrites()) {
            images.add(image(all, (sector, writes) -> without(dropped, writes)));
        }
        Write newest = newestWrite;
        if (newest != null && pendingWrites().contains(newest)) {
            int end = newest.offset + newest.bytes.length;
            for (int torn = newest.offset / SECTOR_BYTES + 1; torn * SECTOR_BYTES < end; torn++) {
                int from = torn;
                images.add(image(all, (sector, writes) -> sector < from ? writes.size() : without(newest, writes)));
            }
        }
        for (int i = 0; i < subsets; i++) {
            images.add(crash(Kept.SOME, random));
        }
        return images;
    }

    /** A write that did not reach a sector: nor did later ones, which would have brought it along. */
    private static int without(Write dropped, List<Write> writes) {
        int at = writes.indexOf(dropped);
        return at < 0 ? writes.size() : at;
    }

    private Set<Write> pendingWrites() {
        Set<Write> pending = Collections.newSetFromMap(new IdentityHashMap<>());
        names.values().forEach(content -> pending.addAll(content.pending));
        durableNames.values().forEach(content -> pending.addAll(content.pending));
        return pending;
    }

    private FaultDisk image(int nameChanges, Survival survival) {
        IdentityHashMap<Content, Content> survivors = new IdentityHashMap<>();
        Map<String, Content> found = new TreeMap<>(durableNames);
        pendingNames.subList(0, nameChanges).forEach(change -> change.apply(found));
        FaultDisk image = new FaultDisk();
        found.forEach((name, content) ->
                image.names.put(name, survivors.computeIfAbsent(content, old -> old.surviving(survival))));
        image.durableNames = new TreeMap<>(image.names);
        return image;
    }

    private FaultDisk kill() {
        IdentityHashMap<Content, Content> survivors = new IdentityHashMap<>();
        UnaryOperator<Content> survivor = old -> survivors.computeIfAbsent(old, Content::killed);
        FaultDisk image = new FaultDisk();
        names.forEach((name, content) -> image.names.put(name, survivor.apply(content)));
        durableNames.forEach((name, content) -> image.durableNames.put(name, survivor.apply(content)));
        if (!pendingNames.isEmpty()) {
            Map<String, Content> pending = new TreeMap<>(image.names);
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
        private final List<Write> pending = new ArrayList<>();

        Content(byte[] initial) {
            bytes = initial.clone();
            size = initial.length;
            durable = initial.clone();
        }

        byte[] current() {
            return Arrays.copyOf(bytes, size);
        }

        Write write(int offset, ByteBuffer source) {
            byte[] written = new byte[source.remaining()];
            source.get(written);
            Write write = new Write(offset, written);
            put(write, offset, offset + written.length);
            pending.add(write);
            return write;
        }

        /** What a write says from one offset to another. */
        private void put(Write write, int from, int to) {
            if (to > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(to, 2 * bytes.length));
            }
            System.arraycopy(write.bytes, from - write.offset, bytes, from, to - from);
            size = Math.max(size, to);
        }

        void force() {
            durable = current();
            pending.clear();
        }

        Content surviving(Survival survival) {
            Content survivor = new Content(durable);
            Map<Integer, List<Write>> bySector = new TreeMap<>();
            for (Write write : pending) {
                int end = write.offset + write.bytes.length;
                for (int sector = write.offset / SECTOR_BYTES; sector * SECTOR_BYTES < end; sector++) {
                    bySector.computeIfAbsent(sector, none -> new ArrayList<>()).add(write);
                }
            }
            bySector.forEach((sector, writes) -> {
                int from = sector * SECTOR_BYTES;
                for (Write write : writes.subList(0, survival.kept(sector, writes))) {
                    int end = Math.min(write.offset + write.bytes.length, from + SECTOR_BYTES);
                    survivor.put(write, Math.max(from, write.offset), end);
                }
            });
            survivor.durable = survivor.current();
            return survivor;
        }

        Content killed() {
            Content survivor = new Content(current());
            survivor.durable = durable;
            survivor.pending.addAll(pending);
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
                newestWrite = content.write(Math.toIntExact(offset), part);
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
