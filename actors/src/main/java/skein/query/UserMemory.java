package skein.query;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.storage.memory.MemoryPool;
import skein.storage.memory.MemoryShare;

/**
 * What each user may have of the pool, on all connections together. Thread-safe. A share lives as long as a session
 * holds it, so that names that nobody uses take nothing.
 */
final class UserMemory {
    private static final int LOOKED_THROUGH_FROM = 64;

    private final MemoryPool pool;
    private final long bytesMax;
    private final Map<String, WeakReference<MemoryShare>> shares = new HashMap<>();
    private int lookThroughAt = LOOKED_THROUGH_FROM;

    UserMemory(MemoryPool pool, long bytesMax) {
        this.pool = pool;
        this.bytesMax = bytesMax;
    }

    /** @param user empty while nobody has to log in: then all are one */
    synchronized MemoryShare of(String user) {
        WeakReference<MemoryShare> known = shares.get(user);
        @Nullable MemoryShare share = known == null ? null : known.get();
        if (share == null) {
            share = new MemoryShare(pool, bytesMax, words(user));
            shares.put(user, new WeakReference<>(share));
            forgetUnused();
        }
        return share;
    }

    private void forgetUnused() {
        if (shares.size() >= lookThroughAt) {
            shares.values().removeIf(share -> share.get() == null);
            lookThroughAt = Math.max(LOOKED_THROUGH_FROM, 2 * shares.size());
        }
    }

    private static String words(String user) {
        String who = user.isEmpty() ? "queries of clients that did not log in" : "queries of user " + user;
        return who + " (--user-memory-mib-max)";
    }
}
