package skein.instance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import skein.storage.wal.DirectoryTree;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;
import skein.storage.wal.Platform;

/** This process's platform, with a disk that can be full or broken from some moment on. */
final class FaultyDisk implements Platform {
    /** What becomes of writes. */
    enum Fault {
        NONE,
        FULL,
        BROKEN
    }

    private volatile Fault fault = Fault.NONE;

    void is(Fault next) {
        fault = next;
    }

    private void check() throws IOException {
        switch (fault) {
            case NONE -> {}
            case FULL -> throw new IOException("No space left on device");
            case BROKEN -> throw new IOException("Input/output error");
        }
    }

    @Override
    public LogDisk disk(Path directory) throws IOException {
        return new Disk(PROCESS.disk(directory));
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
        private final LogDisk disk;

        Disk(LogDisk disk) {
            this.disk = disk;
        }

        @Override
        public List<String> list() throws IOException {
            return disk.list();
        }

        @Override
        public LogFile create(String name) throws IOException {
            check();
            return new File(disk.create(name));
        }

        @Override
        public LogFile open(String name) throws IOException {
            return new File(disk.open(name));
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
        private final LogFile file;

        File(LogFile file) {
            this.file = file;
        }

        @Override
        public void writeAt(long offset, ByteBuffer bytes) throws IOException {
            check();
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
