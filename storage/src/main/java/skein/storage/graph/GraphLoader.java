package skein.storage.graph;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import skein.vocabulary.Invariant;

/**
 * Fills an empty graph with content that is known as a whole, faster than records can: every array gets its final size
 * at once. Several threads work on it in four phases, each of which ends everywhere before the next begins:
 *
 * <ol>
 *   <li>{@link Part}s put nodes and relationships into their slots and count how many end where;
 *   <li>{@link #makeIncoming} gives every node an array of that size;
 *   <li>{@link #fillIncoming} fills them;
 *   <li>{@link #finish} orders them, groups the long ones, and makes the members of labels and types.
 * </ol>
 *
 * The last three take a piece of {@value #PIECE_SLOTS} slots at a time; nobody reads the graph meanwhile.
 */
public final class GraphLoader {
    /** The slots of one container in the sets of members, so that no two pieces meet in one. */
    public static final int PIECE_SLOTS = 1 << 16;

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);

    private final GraphStore store;
    private final long commitTs;
    private final int nodeLimit;
    private final int relationshipLimit;

    /** How many relationships end at a node; in the third phase, how many of them are not yet in its array. */
    private final int[] incoming;

    private final LongAdder hash = new LongAdder();
    private final LongAdder nodes = new LongAdder();
    private final LongAdder relationships = new LongAdder();

    GraphLoader(GraphStore store, long commitTs, int nodeLimit, int relationshipLimit) {
        this.store = store;
        this.commitTs = commitTs;
        this.nodeLimit = nodeLimit;
        this.relationshipLimit = relationshipLimit;
        store.nodes().reserve(nodeLimit);
        store.relationships().reserve(relationshipLimit);
        incoming = new int[nodeLimit];
    }

    /** Pieces of nodes. */
    public int nodePieces() {
        return pieces(nodeLimit);
    }

    /** Pieces of relationships. */
    public int relationshipPieces() {
        return pieces(relationshipLimit);
    }

    private static int pieces(int limit) {
        return (int) (((long) limit + PIECE_SLOTS - 1) / PIECE_SLOTS);
    }

    long hash() {
        return hash.sum();
    }

    long nodes() {
        return nodes.sum();
    }

    long relationships() {
        return relationships.sum();
    }

    long commitTs() {
        return commitTs;
    }

    /** One thread's share of the first phase. */
    public Part part() {
        return new Part();
    }

    /** Second phase. */
    public void makeIncoming(int piece) {
        for (int slot = piece * PIECE_SLOTS; slot < end(piece, nodeLimit); slot++) {
            NodeVersion version = store.nodes().head(slot);
            int count = incoming[slot];
            Invariant.check(
                    version != null || count == 0, "%d relationships end at node %d, which is not", count, slot);
            if (version != null && count > 0) {
                version.incomingCount = count;
                version.incoming = Adjacency.room(count);
            }
        }
    }

    /** Third phase, by pieces of relationships. From the last to the first, since cursors count down. */
    public void fillIncoming(int piece) {
        RelationshipTable table = store.relationships();
        for (int slot = end(piece, relationshipLimit) - 1; slot >= piece * PIECE_SLOTS; slot--) {
            if (table.state(slot) == null) {
                continue;
            }
            NodeVersion version = store.nodes().head(table.end(slot));
            if (version != null) {
                int at = Adjacency.FIRST + 2 * ((int) COUNT.getAndAdd(incoming, table.end(slot), -1) - 1);
                int[] pairs = (int[]) version.incoming;
                Adjacency.note(pairs, table.type(slot));
                pairs[at] = slot;
                pairs[at + 1] = table.start(slot);
            }
        }
    }

    /** Fourth phase, by pieces of nodes: adjacency in its final form, members of labels. */
    public void finish(int piece) {
        RelationshipTable table = store.relationships();
        MemberBits members = new MemberBits(store.indexes().labels(), piece, commitTs);
        for (int slot = piece * PIECE_SLOTS; slot < end(piece, nodeLimit); slot++) {
            NodeVersion version = store.nodes().head(slot);
            if (version == null) {
                continue;
            }
            version.outgoing = Adjacency.tight((int[]) version.outgoing, table);
            int[] pairs = (int[]) version.incoming;
            sort(pairs);
            version.incoming = Adjacency.tight(pairs, table);
            for (int label : version.labels) {
                members.add(label, slot);
            }
        }
        members.finish();
    }

    /** Also fourth phase, by pieces of relationships: members of types. */
    public void finishTypes(int piece) {
        RelationshipTable table = store.relationships();
        MemberBits members = new MemberBits(store.indexes().types(), piece, commitTs);
        for (int slot = piece * PIECE_SLOTS; slot < end(piece, relationshipLimit); slot++) {
            if (table.state(slot) != null) {
                members.add(table.type(slot), slot);
            }
        }
        members.finish();
    }

    private static int end(int piece, int limit) {
        return (int) Math.min(limit, (piece + 1L) * PIECE_SLOTS);
    }

    /** Pairs by relationship, so that every run of a recovery yields the same order. */
    private static void sort(int[] pairs) {
        int first = Adjacency.FIRST;
        int sorted = first + 2;
        while (sorted < pairs.length && pairs[sorted - 2] < pairs[sorted]) {
            sorted += 2;
        }
        if (sorted >= pairs.length) {
            return;
        }
        long[] keys = new long[pairs.length / 2];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) pairs[first + 2 * i] << Integer.SIZE | pairs[first + 2 * i + 1];
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            pairs[first + 2 * i] = (int) (keys[i] >>> Integer.SIZE);
            pairs[first + 2 * i + 1] = (int) keys[i];
        }
    }

    /**
     * What one thread brings. A node, then its relationships; those of a node with very many may come later, and in
     * several runs.
     */
    public final class Part implements ContentSink {
        private final LabelSets.Cache labelSets = store.labelSets().cache();
        private int[] pairs = Adjacency.EMPTY;
        private int node;
        private int at;
        private long partHash;
        private long partNodes;
        private long partRelationships;

        private Part() {}

        @Override
        public void node(int slot, int[] labels, byte[] properties, int outgoingCount) {
            requireInside(slot >= 0 && slot < nodeLimit, slot);
            requireInside(store.nodes().head(slot) == null, slot);
            NodeVersion version = new NodeVersion(commitTs, labelSets.intern(labels), properties);
            pairs = Adjacency.room(outgoingCount);
            version.outgoing = pairs;
            version.outgoingCount = outgoingCount;
            store.nodes().fill(slot, version);
            node = slot;
            at = Adjacency.FIRST;
            partNodes++;
            partHash += StateHash.ofNode(slot, labels, properties);
        }

        @Override
        public void returnTo(int slot, int firstIndex) {
            NodeVersion version = slot >= 0 && slot < nodeLimit ? store.nodes().head(slot) : null;
            requireInside(version != null && firstIndex >= 0, slot);
            pairs = version == null ? Adjacency.EMPTY : (int[]) version.outgoing;
            node = slot;
            at = Adjacency.FIRST + 2 * firstIndex;
        }

        @Override
        public void relationship(int slot, int type, int end, byte[] properties) {
            requireInside(slot >= 0 && slot < relationshipLimit && end >= 0 && end < nodeLimit, slot);
            requireInside(at + 1 < pairs.length, slot);
            store.relationships().fill(slot, node, end, type, properties);
            Adjacency.note(pairs, type);
            pairs[at++] = slot;
            pairs[at++] = end;
            COUNT.getAndAdd(incoming, end, 1);
            partRelationships++;
            partHash += StateHash.ofRelationship(slot, type, node, end, properties);
        }

        /** What was brought counts. */
        public void finish() {
            hash.add(partHash);
            nodes.add(partNodes);
            relationships.add(partRelationships);
        }

        private static void requireInside(boolean holds, int slot) {
            Invariant.check(holds, "slot %d is out of range, or taken", slot);
        }
    }
}
