package skein.storage.tx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.storage.graph.DeclaredIndex;
import skein.storage.graph.IndexContent;
import skein.storage.graph.NodeVersion;
import skein.storage.index.IndexCursor;
import skein.storage.index.IndexKey;
import skein.storage.index.KeyRange;
import skein.storage.index.OrderedIndex;

/**
 * The entries of an index in some ranges. An entity may stand in an index more than once, under what it is and under
 * what it was or will be; only where it stands under what the snapshot shows does it count.
 */
final class IndexSource implements SlotSource {
    private final DeclaredIndex index;
    private final OrderedIndex entries;
    private final List<KeyRange> ranges;
    private int nextRange;
    private @Nullable IndexCursor cursor;

    IndexSource(DeclaredIndex index, OrderedIndex entries, List<KeyRange> ranges) {
        this.index = index;
        this.entries = entries;
        this.ranges = ranges;
    }

    @Override
    public int next() {
        while (true) {
            IndexCursor current = cursor;
            int slot = current == null ? -1 : current.next();
            if (slot >= 0) {
                return slot;
            }
            if (nextRange == ranges.size()) {
                cursor = null;
                return -1;
            }
            cursor = entries.find(ranges.get(nextRange++), true);
        }
    }

    @Override
    public boolean meant(NodeVersion version) {
        return isExact() || isUnder(IndexContent.ofNode(index, version));
    }

    @Override
    public boolean meant(int type, byte[] properties) {
        return isExact() || isUnder(IndexContent.ofRelationship(index, type, properties));
    }

    /** Under one key an entity stands once: whatever passes the test there is meant, wherever else it stands. */
    private boolean isExact() {
        return ranges.size() == 1 && ranges.getFirst().isSingle();
    }

    private boolean isUnder(@Nullable IndexKey key) {
        IndexCursor current = cursor;
        return key != null && current != null && current.isAt(key);
    }
}
