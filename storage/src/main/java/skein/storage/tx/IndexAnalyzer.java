package skein.storage.tx;

import org.jspecify.annotations.Nullable;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;
import skein.storage.api.IndexTarget;
import skein.storage.api.SchemaOperations.IndexAnalysis;
import skein.storage.graph.DeclaredIndex;
import skein.storage.graph.IndexContent;
import skein.storage.index.IndexCursor;
import skein.storage.index.IndexKey;
import skein.storage.index.KeyRange;
import skein.storage.index.OrderedIndex;

/** Counts what a snapshot shows in one index: entities, groups of equal keys, their sizes, and degrees. */
final class IndexAnalyzer {
    private static final int[] ANY_TYPE = new int[0];

    private final Overlay overlay;
    private final DeclaredIndex index;
    private long entries;
    private long groups;
    private long groupSize;
    private double squares;
    private long degrees;

    private IndexAnalyzer(Overlay overlay, DeclaredIndex index) {
        this.overlay = overlay;
        this.index = index;
    }

    static IndexAnalysis analyze(Overlay overlay, DeclaredIndex index, OrderedIndex entries, IndexTarget target) {
        return new IndexAnalyzer(overlay, index).walk(entries, target);
    }

    private IndexAnalysis walk(OrderedIndex tree, IndexTarget target) {
        IndexCursor cursor = tree.find(KeyRange.ALL, true);
        boolean newGroup = false;
        for (int slot = cursor.next(); slot >= 0; slot = cursor.next()) {
            newGroup |= cursor.isNewKey();
            IndexKey key = key(slot);
            if (key != null && cursor.isAt(key)) {
                if (newGroup) {
                    endGroup();
                    newGroup = false;
                }
                entries++;
                groupSize++;
                degrees += degree(slot);
            }
        }
        endGroup();
        double average = groups == 0 ? 0 : (double) entries / groups;
        // the sum of (size - average)^2 / average over all groups
        double chiSquared = groups == 0 ? 0 : Math.max(0, squares / average - entries);
        return new IndexAnalysis(
                target,
                new IndexStatistics(entries, groups),
                chiSquared,
                entries == 0 ? 0 : (double) degrees / entries);
    }

    private void endGroup() {
        if (groupSize > 0) {
            groups++;
            squares += (double) groupSize * groupSize;
            groupSize = 0;
        }
    }

    private @Nullable IndexKey key(int slot) {
        if (index.definition().kind() == IndexKind.RELATIONSHIP) {
            int type = overlay.store.relationships().typeAt(slot, overlay.snapshot);
            return IndexContent.ofRelationship(index, type, overlay.baseProperties(slot));
        }
        return IndexContent.ofNode(index, overlay.base(slot));
    }

    private long degree(int slot) {
        return index.definition().kind() == IndexKind.RELATIONSHIP
                ? 0
                : new MergedReads(overlay).degree(slot, Direction.BOTH, ANY_TYPE);
    }
}
