package skein.storage.graph;

/** Takes nodes, each followed by the relationships that start there. Arrays given are not changed by anybody. */
public interface ContentSink {
    /**
     * A node.
     *
     * @param labels ascending
     * @param properties packed
     * @param outgoingCount how many relationships start there, whether they follow now or later
     */
    void node(int slot, int[] labels, byte[] properties, int outgoingCount);

    /** Relationships of a node that was brought before: those from this one on, counted from 0. */
    void returnTo(int slot, int firstIndex);

    /** The next relationship that starts at the node. */
    void relationship(int slot, int type, int end, byte[] properties);
}
