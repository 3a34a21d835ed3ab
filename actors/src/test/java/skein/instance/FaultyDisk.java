package skein.instance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import skein.storage.wal.DirectoryTree;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;
import skein.storage.wal.Platform;

/** This process's platform, with a disk that can be full, broken or stuck from some moment on. */
final class FaultyDisk implements Platform {
    /** What becomes of writes. */
    enum Fault {
        NONE,
        FULL,
        BROKEN,
        /** They wait until that is over. */
        STUCK
    }

    private Fault fault = Fault.NONE;
    private @Nullable String onlyIn;
    private int met;

    void is(Fault next) {
        is(next, null);
    }

    /** @param directory the name of the directories that are concerned; null for all */
    synchronized void is(Fault next, @Nullable String directory) {
        fault = next;
        onlyIn = directory;
        met = 0;
        notifyAll();
    }

    /** How often the present fault was met. */
    synchronized int met() {
        return met;
    }

    private synchronized void check(Path directory) throws IOException {
        if (fault == Fault.NONE || onlyIn != null && !directory.endsWith(onlyIn)) {
            return;
        }
        met++;
        switch (fault) {
            case NONE -> {}
            case FULL -> throw new IOException("No space left on device");
            case BROKEN -> throw new IOException("Input/output error");
            case STUCK -> awaitRelease();
        }
    }

    private synchronized void awaitRelease() throws IOException {
        try {
            while (fault == Fault.STUCK) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException("the test is over", e);
        }
    }

    @Override
    public LogDisk disk(Path directory) throws IOException {
        return new Disk(directory, PROCESS.disk(directory));
    }

    @Override
    public DirectoryTree tree() {
        return PROCESS.tree();
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return PROCESS.thread(name, work);
    }

    @Override
    public Executor worker(String name) {
        return PROCESS.worker(name);
    }

    @Override
    public long nanoTime() {
        return PROCESS.nanoTime();
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
        PROCESS.parkNanos(blocker, nanos);
    }

    @Override
    public Instant now() {
        return PROCESS.now();
    }

    private final class Disk implements LogDisk {
        private final Path directory;
        private final LogDisk disk;

        Disk(Path directory, LogDisk disk) {
            this.directory = directory;
            this.disk = disk;
        }

        @Override
        public List<String> list() throws IOException {
            return disk.list();
        }

        @Override
        public LogFile create(String name) throws IOException {
            check(directory);
            return new File(directory, disk.create(name));
        }

        @Override
        public LogFile open(String name) throws IOException {
            return new File(directory, disk.open(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            disk.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            disk.delete(name);
        }

        @Override
        public void forceDirectory() throws IOException {
            disk.forceDirectory();
        }

        @Override
        public String describe(String name) {
            return disk.describe(name);
        }
    }

    private final class File implements LogFile {
        private final Path directory;
        private final LogFile file;

        File(Path directory, LogFile file) {
            this.directory = directory;
            this.file = file;
        }

        @Override
        public void writeAt(long offset, ByteBuffer bytes) throws IOException {
            check(directory);
            file.writeAt(offset, bytes);
        }

        @Override
        public int readAt(long offset, byte[] into, int at, int count) throws IOException {
            return file.readAt(offset, into, at, count);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
