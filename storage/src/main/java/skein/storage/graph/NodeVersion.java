package skein.storage.graph;

import org.jspecify.annotations.Nullable;

/**
 * A node as one commit left it. A reader at snapshot S takes the newest version with {@code commitTs <= S}. The applier
 * may still change a version whose commit is not published yet; nobody reads more of such a version than its commitTs.
 *
 * <p>48 bytes with compact headers: the layout is part of the memory budget, so add a field only for a good reason.
 */
public final class NodeVersion {
    final long commitTs;
    int[] labels;
    byte[] properties;

    /** See {@link Adjacency}. */
    Object outgoing;

    Object incoming;
    int outgoingCount;
    int incomingCount;
    boolean deleted;

    @Nullable
    NodeVersion older;

    NodeVersion(long commitTs, int[] labels, byte[] properties) {
        this.commitTs = commitTs;
        this.labels = labels;
        this.properties = properties;
        this.outgoing = Adjacency.EMPTY;
        this.incoming = Adjacency.EMPTY;
    }

    /** The next version, so far equal to {@code before}. */
    NodeVersion(long commitTs, NodeVersion before) {
        this.commitTs = commitTs;
        this.labels = before.labels;
        this.properties = before.properties;
        this.outgoing = before.outgoing;
        this.incoming = before.incoming;
        this.outgoingCount = before.outgoingCount;
        this.incomingCount = before.incomingCount;
        this.deleted = before.deleted;
        this.older = before;
    }

    /** When this version was committed. */
    public long commitTs() {
        return commitTs;
    }

    /** True when this commit deleted the node. */
    public boolean deleted() {
        return deleted;
    }

    /** Label tokens, ascending. Not to be changed. */
    public int[] labels() {
        return labels;
    }

    /** Packed properties. Not to be changed. */
    public byte[] properties() {
        return properties;
    }

    /** Number of relationships that start here. */
    public int outgoingCount() {
        return outgoingCount;
    }

    /** Number of relationships that end here. */
    public int incomingCount() {
        return incomingCount;
    }

    /** Whether the node has the label. */
    public boolean hasLabel(int label) {
        for (int mine : labels) {
            if (mine == label) {
                return true;
            }
        }
        return false;
    }

    /** The version before this one, or null when none is kept. */
    public @Nullable NodeVersion older() {
        return older;
    }

    /** Whether labels, properties or existence differ; adjacency does not count. */
    @SuppressWarnings("ReferenceEquality") // a change makes new arrays, no change keeps them
    public boolean contentDiffersFrom(NodeVersion other) {
        return labels != other.labels || properties != other.properties || deleted != other.deleted;
    }
}
