package skein.storage.tx;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skein.storage.graph.GraphStore;

/**
 * Which snapshots are in use, so that the applier knows what may go. Any thread may acquire and release; neither waits.
 *
 * <p>Why the horizon is safe: a reader announces its snapshot and then looks whether a newer one was published; if so
 * it starts over. The applier reads what is published first and the announcements second. So either it sees the
 * announcement, or the reader sees the newer number and does not use the old one.
 */
public final class SnapshotRegistry {
    private static final long FREE = Long.MAX_VALUE;
    private static final int CHUNK_PLACES = 256;

    private final GraphStore store;
    private final Chunk first = new Chunk();

    public SnapshotRegistry(GraphStore store) {
        this.store = store;
    }

    /** Takes the newest published snapshot and keeps it alive until {@link Lease#release}. */
    public Lease acquire() {
        int start = ThreadLocalRandom.current().nextInt(CHUNK_PLACES);
        for (Chunk chunk = first; ; chunk = chunk.orNext()) {
            for (int i = 0; i < CHUNK_PLACES; i++) {
                int place = start + i & CHUNK_PLACES - 1;
                long snapshot = store.publishedTs();
                if (chunk.places.get(place) == FREE && chunk.places.compareAndSet(place, FREE, snapshot)) {
                    return new Lease(chunk.places, place, settle(chunk.places, place, snapshot));
                }
            }
        }
    }

    /** No active snapshot is older than this, and none ever will be. */
    public long horizon() {
        long horizon = store.publishedTs();
        for (Chunk chunk = first; chunk != null; chunk = chunk.next.get()) {
            for (int place = 0; place < CHUNK_PLACES; place++) {
                horizon = Math.min(horizon, chunk.places.get(place));
            }
        }
        return horizon;
    }

    private long settle(AtomicLongArray places, int place, long announced) {
        long snapshot = announced;
        for (long newest = store.publishedTs(); newest != snapshot; newest = store.publishedTs()) {
            snapshot = newest;
            places.set(place, snapshot);
        }
        return snapshot;
    }

    /** One snapshot in use. */
    public static final class Lease {
        private final AtomicLongArray places;
        private final int place;
        private long snapshot;
        private boolean released;

        private Lease(AtomicLongArray places, int place, long snapshot) {
            this.places = places;
            this.place = place;
            this.snapshot = snapshot;
        }

        public long snapshot() {
            return snapshot;
        }

        /** Exchanges the snapshot for a newer published one: the place never holds more than is in use. */
        void moveTo(long newer) {
            snapshot = newer;
            places.set(place, newer);
        }

        /** Lets the snapshot go; more than once does nothing. */
        public void release() {
            if (!released) {
                released = true;
                places.set(place, FREE);
            }
        }
    }

    private static final class Chunk {
        private final AtomicLongArray places = new AtomicLongArray(CHUNK_PLACES);
        private final AtomicReference<@Nullable Chunk> next = new AtomicReference<>();

        private Chunk() {
            for (int i = 0; i < CHUNK_PLACES; i++) {
                places.setPlain(i, FREE);
            }
        }

        private Chunk orNext() {
            Chunk known = next.get();
            if (known == null) {
                Chunk made = new Chunk();
                known = next.compareAndSet(null, made) ? made : next.get();
            }
            return known == null ? this : known;
        }
    }
}
