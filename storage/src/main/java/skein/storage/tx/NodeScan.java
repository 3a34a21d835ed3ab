package skein.storage.tx;

import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.graph.NodeVersion;

/**
 * Nodes that pass a test. First those the transaction had changed when the scan began, then those of the snapshot that
 * it had not. A node changed while the scan runs is met as the snapshot shows it, so no node is met twice.
 */
final class NodeScan implements EntityCursor {
    private final Overlay overlay;
    private final NodeTest test;
    private final SlotSource source;
    private final int changedEnd;
    private int changedPosition;
    private int current;

    NodeScan(Overlay overlay, NodeTest test, SlotSource source) {
        this.overlay = overlay;
        this.test = test;
        this.source = source;
        this.changedEnd = overlay.nodes.size();
    }

    @Override
    public boolean next() {
        while (changedPosition < changedEnd) {
            int place = changedPosition++;
            NodeChange change = overlay.nodes.valueAt(place);
            if (!change.deleted && test.accepts(change)) {
                current = overlay.nodes.keyAt(place);
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
        int place = overlay.nodes.size() == 0 ? -1 : overlay.nodes.placeOf(slot);
        if (place >= 0 && (place < changedEnd || overlay.nodes.valueAt(place).deleted)) {
            return false;
        }
        NodeVersion version = overlay.base(slot);
        return version != null && test.accepts(version);
    }

    @Override
    public long id() {
        return current;
    }
}
