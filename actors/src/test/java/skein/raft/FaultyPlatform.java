package skein.raft;

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

/** The process's own platform on a disk that can be told to fail. */
final class FaultyPlatform implements Platform {
    private volatile Fault fault = Fault.NONE;

    /** What the disk does not do. */
    enum Fault {
        NONE,
        /** It takes nothing that needs space. */
        FULL,
        /** It cannot say that something is durable. */
        UNFLUSHED
    }

    void fail(Fault next) {
        fault = next;
    }

    private void requireSpace() throws IOException {
        if (fault == Fault.FULL) {
            throw new IOException("No space left on device");
        }
    }

    private void requireFlush() throws IOException {
        if (fault == Fault.UNFLUSHED) {
            throw new IOException("Input/output error");
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
        private final LogDisk real;

        Disk(LogDisk real) {
            this.real = real;
        }

        @Override
        public List<String> list() throws IOException {
            return real.list();
        }

        @Override
        public LogFile create(String name) throws IOException {
            requireSpace();
            return new File(real.create(name));
        }

        @Override
        public LogFile open(String name) throws IOException {
            return new File(real.open(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            real.rename(from, to);
        }

        @Override
        public void delete(String name) throws IOException {
            real.delete(name);
        }

        @Override
        public void forceDirectory() throws IOException {
            requireFlush();
            real.forceDirectory();
        }

        @Override
        public String describe(String name) {
            return real.describe(name);
        }
    }

    private final class File implements LogFile {
        private final LogFile real;

        File(LogFile real) {
            this.real = real;
        }

        @Override
        public void writeAt(long offset, ByteBuffer bytes) throws IOException {
            requireSpace();
            real.writeAt(offset, bytes);
        }

        @Override
        public int readAt(long offset, byte[] into, int at, int count) throws IOException {
            return real.readAt(offset, into, at, count);
        }

        @Override
        public void force() throws IOException {
            requireFlush();
            real.force();
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
