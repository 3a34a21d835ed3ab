package skein.lent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executor;
import skein.storage.wal.DirectoryTree;
import skein.storage.wal.LogDisk;
import skein.storage.wal.Platform;

/** The process's own platform. */
public abstract class LentPlatform implements Platform {
    @Override
    public LogDisk disk(Path directory) throws IOException {
        return PROCESS.disk(directory);
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
}
