package skein.instance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import skein.lent.LentDisk;
import skein.lent.LentFile;
import skein.lent.LentPlatform;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;

/** This process's platform, with a disk that can be full, broken or stuck from some moment on. */
final class FaultyDisk extends LentPlatform {
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
        return new LentDisk(super.disk(directory)) {
            @Override
            public LogFile create(String name) throws IOException {
                check(directory);
                return super.create(name);
            }

            @Override
            protected LogFile lent(LogFile file) {
                return checked(directory, file);
            }
        };
    }

    private LogFile checked(Path directory, LogFile file) {
        return new LentFile(file) {
            @Override
            public void writeAt(long offset, ByteBuffer bytes) throws IOException {
                check(directory);
                super.writeAt(offset, bytes);
            }
        };
    }
}
