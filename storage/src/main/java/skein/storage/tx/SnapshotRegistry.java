package skein.storage.tx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.graph.GraphStore;

/**
 * The open transactions of a database and the snapshots they use, so that the applier knows what may go. Any thread may
 * acquire and release; neither waits.
 *
 * <p>Why the horizon is safe: a reader announces its snapshot and then looks whether a newer one was published; if so
 * it starts over. The applier reads what is published first and the announcements second. So either it sees the
 * announcement, or the reader sees the newer number and does not use the old one.
 */
public final class SnapshotRegistry {
    static final long FREE = Long.MAX_VALUE;
    private static final int CHUNK_PLACES = 256;

    private final GraphStore store;
    private final AtomicLong lastId = new AtomicLong();
    private final int chunkPlaces;
    private final Chunk first;

    public SnapshotRegistry(GraphStore store) {
        this(store, CHUNK_PLACES);
    }

    /** @param chunkPlaces how many transactions until there is another chunk; a power of two */
    SnapshotRegistry(GraphStore store, int chunkPlaces) {
        this.store = store;
        this.chunkPlaces = chunkPlaces;
        this.first = new Chunk(chunkPlaces);
    }

    /** Takes the newest published snapshot and keeps it alive until {@link SnapshotLease#release}. */
    public SnapshotLease acquire(AccessMode access) {
        int start = ThreadLocalRandom.current().nextInt(chunkPlaces);
        for (Chunk chunk = first; ; chunk = chunk.orNext()) {
            for (int i = 0; i < chunkPlaces; i++) {
                int place = start + i & chunkPlaces - 1;
                long snapshot = store.publishedTs();
                if (chunk.places.get(place) == FREE && chunk.places.compareAndSet(place, FREE, snapshot)) {
                    long settled = settle(chunk.places, place, snapshot);
                    var lease = new SnapshotLease(lastId.incrementAndGet(), access, settled, chunk, place);
                    chunk.leases.set(place, lease);
                    return lease;
                }
            }
        }
    }

    /** No active snapshot is older than this, and none ever will be. */
    public long horizon() {
        long horizon = store.publishedTs();
        for (Chunk chunk = first; chunk != null; chunk = chunk.next.get()) {
            for (int place = 0; place < chunkPlaces; place++) {
                horizon = Math.min(horizon, chunk.places.get(place));
            }
        }
        return horizon;
    }

    /** The transactions open now, oldest first. */
    public List<OpenTransactionFacts> open() {
        List<OpenTransactionFacts> facts = new ArrayList<>();
        long now = System.nanoTime();
        forEach(lease -> facts.add(lease.facts(now)));
        facts.sort((one, other) -> Long.compare(one.id(), other.id()));
        return facts;
    }

    /**
     * Ends every transaction whose snapshot is not newer than the horizon: at once where it rests between two steps, at
     * its next step otherwise. Answers whether some snapshot was let go by this.
     *
     * @param reason what the transaction is told
     */
    boolean endOldest(long horizon, Function<OpenTransactionFacts, String> reason) {
        long now = System.nanoTime();
        boolean[] letGo = {false};
        forEach(lease -> {
            if (lease.snapshot() <= horizon) {
                letGo[0] |= lease.end(reason.apply(lease.facts(now)));
            }
        });
        return letGo[0];
    }

    private void forEach(Consumer<SnapshotLease> visitor) {
        for (Chunk chunk = first; chunk != null; chunk = chunk.next.get()) {
            for (int place = 0; place < chunkPlaces; place++) {
                SnapshotLease lease = chunk.leases.get(place);
                if (lease != null) {
                    visitor.accept(lease);
                }
            }
        }
    }

    private long settle(AtomicLongArray places, int place, long announced) {
        long snapshot = announced;
        for (long newest = store.publishedTs(); newest != snapshot; newest = store.publishedTs()) {
            snapshot = newest;
            places.set(place, snapshot);
        }
        return snapshot;
    }

    /** A stretch of places; never removed. */
    static final class Chunk {
        private final AtomicLongArray places;
        private final AtomicReferenceArray<@Nullable SnapshotLease> leases;
        private final AtomicReference<@Nullable Chunk> next = new AtomicReference<>();

        private Chunk(int count) {
            places = new AtomicLongArray(count);
            leases = new AtomicReferenceArray<>(count);
            for (int i = 0; i < count; i++) {
                places.setPlain(i, FREE);
            }
        }

        /** The place holds a newer snapshot, or nothing. */
        void set(int place, long snapshot) {
            if (snapshot == FREE) {
                leases.set(place, null);
            }
            places.set(place, snapshot);
        }

        private Chunk orNext() {
            Chunk known = next.get();
            if (known == null) {
                Chunk made = new Chunk(places.length());
                known = next.compareAndSet(null, made) ? made : next.get();
            }
            return known == null ? this : known;
        }
    }
}
