package skein.benchmarks.engine;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.Constants;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * H2's MVStore: one put a commit. It has commit and sync but no group commit, so this class groups for it: whoever
 * holds the lock commits and syncs everything put so far, and those who waited for the lock and are covered by that
 * return at once.
 */
final class MvStore implements DurableStore {
    private final MVStore store;
    private final MVMap<Long, byte[]> map;
    private final ReentrantLock lock = new ReentrantLock();

    /** Puts that are in the map; a commit covers at least those counted before it. */
    private final AtomicLong put = new AtomicLong();

    private volatile long syncedPut;

    MvStore(Path directory) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("store.mv").toString())
                .autoCommitDisabled()
                .open();
        map = store.openMap("nodes");
    }

    @Override
    public String name() {
        return "H2 MVStore " + Constants.VERSION;
    }

    @Override
    public String durability() {
        return "commit and sync, grouped by the driver";
    }

    @Override
    public void commit(long key) {
        map.put(key, DurableStore.valueBytes(key));
        long mine = put.incrementAndGet();
        if (syncedPut >= mine) {
            return;
        }
        lock.lock();
        try {
            if (syncedPut < mine) {
                long covered = put.get();
                store.commit();
                store.sync();
                syncedPut = covered;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
