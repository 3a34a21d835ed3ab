package skein.storage.wal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the operating system offers. */
final class ProcessPlatform implements Platform {
    private static final int IDLE_SECONDS = 5;

    private final long originNanos = System.nanoTime();
    private final DirectoryTree tree = new FileTree();

    @Override
    public LogDisk disk(Path directory) throws IOException {
        return new FileDisk(directory);
    }

    @Override
    public DirectoryTree tree() {
        return tree;
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon(true).unstarted(work);
    }

    @Override
    public Executor worker(String name) {
        return new ThreadPoolExecutor(
                0,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name).daemon(true).factory());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() - originNanos;
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
