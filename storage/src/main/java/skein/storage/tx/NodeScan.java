package skein.storage.tx;

import org.jspecify.annotations.Nullable;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.graph.NodeVersion;
import skein.storage.graph.SlotMap;

/**
 * Nodes that pass a test. First those whose labels or properties the transaction had set when the scan began, then
 * those of the snapshot that it had not. A node changed while the scan runs is met as the snapshot shows it, so no node
 * is met twice.
 */
final class NodeScan implements EntityCursor {
    private final Overlay overlay;
    private final NodeTest test;
    private final SlotSource source;
    private final SlotMap<NodeChange> changed;
    private final int changedEnd;
    private final int mark;
    private int changedPosition;
    private int current;

    /**
     * @param changed all nodes that were touched and pass the test, and maybe others
     * @param source all nodes of the snapshot that pass the test, and maybe others
     */
    NodeScan(Overlay overlay, NodeTest test, SlotMap<NodeChange> changed, SlotSource source) {
        this.overlay = overlay;
        this.test = test;
        this.source = source;
        this.changed = changed;
        this.changedEnd = changed.size();
        this.mark = overlay.changedNodes.mark();
    }

    @Override
    public boolean next() {
        while (changedPosition < changedEnd) {
            int place = changedPosition++;
            NodeChange change = changed.valueAt(place);
            if (!change.deleted && change.touchedBefore(mark) && test.accepts(change)) {
                current = changed.keyAt(place);
                return true;
            }
        }
        for (int slot = source.next(); slot >= 0; slot = source.next()) {
            if (acceptsBase(slot)) {
                current = slot;
                return true;
            }
        }
        return false;
    }

    private boolean acceptsBase(int slot) {
        @Nullable NodeChange change = overlay.nodes.get(slot);
        if (change != null && (change.deleted || change.touchedBefore(mark))) {
            return false;
        }
        NodeVersion version = overlay.base(slot);
        return version != null && test.accepts(version) && source.meant(version);
    }

    @Override
    public long id() {
        return current;
    }
}
