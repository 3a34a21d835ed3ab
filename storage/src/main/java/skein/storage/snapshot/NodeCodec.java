package skein.storage.snapshot;

import skein.storage.graph.ContentSink;
import skein.storage.graph.GraphScan;
import skein.storage.log.ByteReader;
import skein.storage.log.ByteWriter;
import skein.storage.log.PropertyCodec;

/**
 * Nodes and relationships as bytes. All numbers are varints, signed ones zigzag-folded; properties are blocks as
 * {@link PropertyCodec} makes them, with their length.
 *
 * <pre>
 * NODES          count times: slot less the last one (less the block's first slot for the first); count of labels, then
 *                each less the one before; properties; 2 * count of relationships that start here, plus 1 when they
 *                stand in blocks of their own; else the relationships
 * RELATIONSHIPS  index of the first one among those of the node, then count relationships
 *
 * relationship   signed: slot less that of the relationship before in the block; type; signed: slot of the end less that
 *                of the start; properties
 * </pre>
 */
final class NodeCodec {
    /** Nodes with more relationships than this leave them to blocks of their own. */
    static final int INLINE_MAX = 1 << 15;

    private static final int[] NO_LABELS = new int[0];

    private int lastNode;
    private int lastRelationship;

    /** @param firstSlot of the block */
    NodeCodec(int firstSlot) {
        lastNode = firstSlot;
    }

    /** The scan's node; true when its relationships were left out. */
    boolean writeNode(ByteWriter out, GraphScan scan) {
        out.putVarint(scan.node() - lastNode);
        lastNode = scan.node();
        out.putVarint(scan.labels().length);
        int before = 0;
        for (int label : scan.labels()) {
            out.putVarint(label - before);
            before = label;
        }
        out.putSized(scan.nodeProperties());
        boolean apart = scan.outgoingCount() > INLINE_MAX;
        out.putVarint(2L * scan.outgoingCount() + (apart ? 1 : 0));
        if (!apart) {
            while (scan.nextRelationship()) {
                writeRelationship(out, scan);
            }
        }
        return apart;
    }

    void writeRelationship(ByteWriter out, GraphScan scan) {
        out.putSigned(scan.relationship() - lastRelationship);
        lastRelationship = scan.relationship();
        out.putVarint(scan.type());
        out.putSigned((long) scan.end() - scan.node());
        out.putSized(scan.relationshipProperties());
    }

    void readNodes(ByteReader in, int count, ContentSink sink) {
        for (int i = 0; i < count; i++) {
            long slot = lastNode + in.readVarint();
            in.require(slot >= 0 && slot < Integer.MAX_VALUE, "the slot of a node is out of range");
            lastNode = (int) slot;
            int[] labels = readLabels(in);
            byte[] properties = readProperties(in);
            long counted = in.readVarint();
            in.require(counted >= 0 && counted >>> 1 < Integer.MAX_VALUE / 2, "a node has too many relationships");
            int outgoing = (int) (counted >>> 1);
            boolean apart = (counted & 1) == 1;
            in.require(apart || outgoing <= in.remaining(), "a node has more relationships than there are bytes");
            sink.node(lastNode, labels, properties, outgoing);
            if (!apart) {
                readRelationships(in, outgoing, sink);
            }
        }
    }

    private static int[] readLabels(ByteReader in) {
        int count = in.readCount(1);
        int[] labels = count == 0 ? NO_LABELS : new int[count];
        int label = 0;
        for (int i = 0; i < count; i++) {
            label += in.readNumber();
            labels[i] = label;
        }
        return labels;
    }

    void readRelationships(ByteReader in, int count, ContentSink sink) {
        for (int i = 0; i < count; i++) {
            lastRelationship = (int) (lastRelationship + in.readSigned());
            int type = in.readNumber();
            int end = (int) (lastNode + in.readSigned());
            sink.relationship(lastRelationship, type, end, readProperties(in));
        }
    }

    private static byte[] readProperties(ByteReader in) {
        byte[] properties = in.readSized();
        return properties.length == 0 ? PropertyCodec.EMPTY : properties;
    }
}
