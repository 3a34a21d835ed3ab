package skein.storage.snapshot;

import java.util.List;
import skein.storage.graph.GraphExtent;
import skein.storage.graph.GraphScan;
import skein.storage.graph.GraphStore;
import skein.vocabulary.LogPosition;

/**
 * What a snapshot will hold, fixed at one moment, while everything goes on. Whoever made it keeps the state alive until
 * {@link #release}.
 *
 * @param lineage EPOCH records up to the head's position
 * @param lease ends the state's life; more than once does nothing
 */
public record PinnedState(
        SnapshotHead head, List<LogPosition> lineage, GraphStore store, GraphExtent extent, Runnable lease) {
    public PinnedState {
        lineage = List.copyOf(lineage);
    }

    GraphScan scan() {
        return new GraphScan(store, extent);
    }

    /** Lets the state go. */
    public void release() {
        lease.run();
    }
}
