package skein.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something made of files that may change while the instance runs. What cannot be used never replaces what can. Safe to
 * use from any thread.
 *
 * @param <T> what is made of the files
 */
public final class Reloadable<T> {
    private final List<Path> files;
    private final Supplier<T> loader;
    private final ReentrantLock loading = new ReentrantLock();
    private final AtomicLong loads = new AtomicLong();
    private volatile T current;

    /** The files that were last looked at, good or bad. Guarded by the lock. */
    private @Nullable FileStamp seen;

    /**
     * Loads at once, and throws what the loader throws.
     *
     * @param loader reads the files; throws a SkeinException (CONFIGURATION) when they cannot be used
     */
    public Reloadable(List<Path> files, Supplier<T> loader) {
        this.files = List.copyOf(files);
        this.loader = loader;
        this.seen = stamp();
        this.current = loader.get();
        loads.incrementAndGet();
    }

    /** Made of the files when they were last found good. */
    public T current() {
        return current;
    }

    /** How often files were loaded and found good; rises when new ones count. */
    public long loads() {
        return loads.get();
    }

    /** Reads the files again; throws what the loader throws, and then nothing has changed. */
    public void reload() {
        loading.lock();
        try {
            // before they are read: a change while they are read is another change
            seen = stamp();
            current = loader.get();
            loads.incrementAndGet();
        } finally {
            loading.unlock();
        }
    }

    /**
     * Reads the files again if they have changed since somebody last looked; throws what the loader throws.
     *
     * @return whether new ones count from now on
     */
    public boolean reloadIfChanged() {
        loading.lock();
        try {
            FileStamp now = stamp();
            if (now == null || now.equals(seen)) {
                return false;
            }
            reload();
            return true;
        } finally {
            loading.unlock();
        }
    }

    /** Null when the files cannot be looked at just now, as in the moment in which one is replaced. */
    private @Nullable FileStamp stamp() {
        try {
            return FileStamp.of(files);
        } catch (IOException e) {
            return null;
        }
    }
}
