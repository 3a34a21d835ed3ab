package skein.storage.wal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * What storage and replication stand on: directories, threads and time. The process's own, or, in a simulation, one
 * where all of it is by seed. Thread-safe.
 */
public interface Platform {
    /** The file system, platform threads, the system's clocks. */
    Platform PROCESS = new ProcessPlatform();

    /** The directory is made if missing, and so that it outlives a loss of power. */
    LogDisk disk(Path directory) throws IOException;

    /** Directories as a whole. */
    DirectoryTree tree();

    /** A daemon thread for this work, not started yet. */
    Thread thread(String name, Runnable work);

    /** Does what it is given one after the other, on a thread of this name that is there while there is work. */
    Executor worker(String name);

    /** Monotonic: nanoseconds since some moment of this process's, never falling, unrelated to any calendar. */
    long nanoTime();

    /** As {@link LockSupport#parkNanos(Object, long)}, by {@link #nanoTime}. */
    void parkNanos(Object blocker, long nanos);

    /** The time of day, for people: nothing is decided by it. */
    Instant now();
}
