package skein.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import skein.lent.LentDisk;
import skein.lent.LentFile;
import skein.lent.LentPlatform;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;

/** The process's own platform on a disk that can be told to fail. */
final class FaultyPlatform extends LentPlatform {
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
        return new LentDisk(super.disk(directory)) {
            @Override
            public LogFile create(String name) throws IOException {
                requireSpace();
                return super.create(name);
            }

            @Override
            public void forceDirectory() throws IOException {
                requireFlush();
                super.forceDirectory();
            }

            @Override
            protected LogFile lent(LogFile file) {
                return checked(file);
            }
        };
    }

    private LogFile checked(LogFile file) {
        return new LentFile(file) {
            @Override
            public void writeAt(long offset, ByteBuffer bytes) throws IOException {
                requireSpace();
                super.writeAt(offset, bytes);
            }

            @Override
            public void force() throws IOException {
                requireFlush();
                super.force();
            }
        };
    }
}
