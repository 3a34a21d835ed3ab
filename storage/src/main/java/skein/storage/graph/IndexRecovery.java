package skein.storage.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import skein.storage.api.IndexKind;
import skein.storage.index.IndexKey;
import skein.storage.index.OrderedIndex;
import skein.storage.index.SlotBitmap;
import skein.storage.index.SortedRuns;
import skein.vocabulary.Invariant;

/**
 * Fills all declared indexes at the end of a recovery, when everything is in place and nobody reads: each processor
 * collects sorted runs from its share of the entities, then they are merged into trees without slack.
 */
final class IndexRecovery {
    private static final int PIECE_SLOTS = 1 << 16;

    private final GraphStore store;
    private final DeclaredIndex index;
    private final AtomicInteger nextPiece = new AtomicInteger();

    private IndexRecovery(GraphStore store, DeclaredIndex index) {
        this.store = store;
        this.index = index;
    }

    static void fill(GraphStore store) {
        for (DeclaredIndex index : store.indexes().declared()) {
            OrderedIndex entries = index.entries();
            if (entries == null || index.isDropped() || index.isPopulated()) {
                continue;
            }
            SortedRuns.load(entries, new IndexRecovery(store, index).collect());
            index.follow();
            index.becomeUsable(index.createdTs());
        }
    }

    private List<SortedRuns> collect() {
        int workers = Math.min(Runtime.getRuntime().availableProcessors(), 1 + limit() / PIECE_SLOTS);
        if (workers == 1) {
            return List.of(work());
        }
        List<SortedRuns> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Future<SortedRuns>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(threads.submit(this::work));
            }
            for (Future<SortedRuns> part : running) {
                parts.add(part.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an index could not be filled: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an index was filled", e);
        }
        return parts;
    }

    private SortedRuns work() {
        SortedRuns runs = new SortedRuns();
        SlotBitmap slots = IndexTracker.slots(store, index.definition());
        int limit = limit();
        while (slots != null) {
            long from = (long) nextPiece.getAndIncrement() * PIECE_SLOTS;
            if (from >= limit) {
                break;
            }
            int slot = slots.nextAtOrAbove((int) from);
            while (slot >= 0 && slot < from + PIECE_SLOTS) {
                IndexKey key = key(slot);
                if (key != null) {
                    runs.add(key, slot);
                }
                slot = slots.nextAtOrAbove(slot + 1);
            }
        }
        return runs;
    }

    private @Nullable IndexKey key(int slot) {
        if (index.definition().kind() == IndexKind.RELATIONSHIP) {
            RelationshipTable table = store.relationships();
            return IndexContent.ofRelationship(index, table.type(slot), table.propertiesAt(slot, Long.MAX_VALUE));
        }
        return IndexContent.ofNode(index, store.nodes().at(slot, Long.MAX_VALUE));
    }

    private int limit() {
        boolean relationships = index.definition().kind() == IndexKind.RELATIONSHIP;
        int limit =
                relationships ? store.relationships().limit() : store.nodes().limit();
        Invariant.check(limit >= 0, "there are %d slots", limit);
        return limit;
    }
}
