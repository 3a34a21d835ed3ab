package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.vocabulary.Invariant;

/**
 * Changes the graph on behalf of one record at a time: {@link #begin}, operations, {@link #finish}. Nothing of it shows
 * before the store publishes the record's commit timestamp. Indexes, counts and the state hash follow in
 * {@code finish}, from the difference between each touched node and what it was before.
 */
final class GraphWriter {
    /** The horizon while nobody reads: nothing old needs to be kept. */
    static final long NO_READERS = Long.MAX_VALUE;

    private final GraphStore store;
    private final ContentTracker tracker;
    private final Garbage garbage;
    private final LabelSets labelSets;
    private final SlotMap<Removals> removals = new SlotMap<>();
    private final SlotList touched = new SlotList();
    private long commitTs;
    private long horizon;
    private long nodeDelta;
    private long relationshipDelta;
    private long contentBytes;

    /** Keeps the compiler from dropping reads whose only purpose is to have been made. */
    @SuppressWarnings("UnusedVariable")
    private int approached;

    GraphWriter(GraphStore store, ContentTracker tracker, Garbage garbage) {
        this.store = store;
        this.labelSets = store.labelSets();
        this.tracker = tracker;
        this.garbage = garbage;
    }

    void begin(long commitTs, long horizon) {
        Invariant.check(commitTs > store.publishedTs(), "commit %d is not after %d", commitTs, store.publishedTs());
        this.commitTs = commitTs;
        this.horizon = horizon;
        tracker.begin(commitTs, horizon);
        touched.clear();
        removals.clear();
        nodeDelta = 0;
        relationshipDelta = 0;
        contentBytes = 0;
    }

    void createNode(int slot, int[] labels, byte[] properties) {
        NodeVersion former = store.nodes().head(slot);
        Invariant.check(former == null || former.deleted, "node %d exists already", slot);
        NodeVersion version = new NodeVersion(commitTs, labelSets.intern(labels), properties);
        // a deleted node whose slot this was may still be shown by older snapshots
        version.older = former;
        store.nodes().publish(slot, version);
        touched.add(slot);
        nodeDelta++;
    }

    void deleteNode(int slot) {
        NodeVersion version = touch(slot);
        version.deleted = true;
        version.labels = LabelSets.NONE;
        version.properties = RelationshipTable.NO_PROPERTIES;
        nodeDelta--;
    }

    void addLabel(int slot, int label) {
        NodeVersion version = touch(slot);
        if (!version.hasLabel(label)) {
            version.labels = labelSets.with(version.labels, label);
        }
    }

    void removeLabel(int slot, int label) {
        NodeVersion version = touch(slot);
        version.labels = labelSets.without(version.labels, label);
    }

    byte[] nodeProperties(int slot) {
        return live(slot).properties;
    }

    void setNodeProperties(int slot, byte[] properties) {
        touch(slot).properties = properties;
    }

    void createRelationship(int slot, int type, int start, int end, byte[] properties) {
        RelationshipTable table = store.relationships();
        putRelationship(slot, type, start, end, properties);
        NodeVersion from = touch(start);
        from.outgoing = Adjacency.append(from.outgoing, from.outgoingCount++, slot, end, table, start == end);
        NodeVersion to = touch(end);
        to.incoming = Adjacency.append(to.incoming, to.incomingCount++, slot, start, table, start == end);
        relationshipDelta++;
        contentBytes += HeapBytes.ofBlock(properties);
        tracker.relationshipCreated(slot, type, start, end, properties);
    }

    private void putRelationship(int slot, int type, int start, int end, byte[] properties) {
        RelationshipTable table = store.relationships();
        Object former = table.state(slot);
        if (former == null && horizon == NO_READERS) {
            table.create(slot, start, end, type, properties);
            return;
        }
        if (former != null) {
            Invariant.check(
                    former instanceof RelationshipVersion gone && gone.properties == null,
                    "relationship %d exists already",
                    slot);
            table.keepFormerLife(slot, ((RelationshipVersion) former).commitTs);
            garbage.addFormerLife(commitTs, slot);
        }
        table.create(slot, start, end, type, new RelationshipVersion(commitTs, properties, former));
        garbage.addRelationship(commitTs, slot, HeapBytes.RELATIONSHIP_VERSION);
    }

    /**
     * Reads what {@link #createRelationship} is about to change. Who does so for several relationships in a row has
     * their nodes fetched from memory side by side; one after the other, nearly all time would be waiting.
     */
    void approach(long start, long end) {
        approached += glance(start) + glance(end);
    }

    private int glance(long node) {
        NodeVersion version = node < store.nodes().limit() ? store.nodes().head((int) node) : null;
        return version == null ? 0 : Adjacency.glance(version.outgoing) + Adjacency.glance(version.incoming);
    }

    byte[] relationshipProperties(int slot) {
        return Invariant.present(
                store.relationships().propertiesAt(slot, Long.MAX_VALUE), "relationship %d does not exist", slot);
    }

    void setRelationshipProperties(int slot, byte[] properties) {
        byte[] before = relationshipProperties(slot);
        setState(slot, properties);
        contentBytes += HeapBytes.ofBlock(properties) - HeapBytes.ofBlock(before);
        tracker.relationshipChanged(slot, before, properties);
    }

    void deleteRelationship(int slot) {
        RelationshipTable table = store.relationships();
        byte[] before = relationshipProperties(slot);
        int start = table.start(slot);
        int end = table.end(slot);
        removalsOf(start).outgoing.add(slot);
        removalsOf(end).incoming.add(slot);
        setState(slot, null);
        contentBytes -= HeapBytes.ofBlock(before);
        relationshipDelta--;
        tracker.relationshipDeleted(slot, before);
    }

    /** Completes the record; the store may be published afterwards. */
    void finish() {
        for (int i = 0; i < removals.size(); i++) {
            remove(removals.keyAt(i), removals.valueAt(i));
        }
        for (int i = 0; i < touched.size(); i++) {
            settle(touched.get(i));
        }
        store.countContent(contentBytes);
        if (nodeDelta != 0) {
            store.countNodes(nodeDelta, commitTs, horizon);
        }
        if (relationshipDelta != 0) {
            store.countRelationships(relationshipDelta, commitTs, horizon);
        }
    }

    private void settle(int slot) {
        NodeVersion version = live(slot);
        if (version.deleted) {
            Invariant.check(
                    version.outgoingCount + version.incomingCount == 0,
                    "node %d is deleted with %d relationships",
                    slot,
                    version.outgoingCount + version.incomingCount);
        }
        NodeVersion before = version.older;
        tracker.nodeChanged(slot, before == null || before.deleted ? null : before, version);
        contentBytes += HeapBytes.ofLive(version) - HeapBytes.ofLive(before);
        if (before != null) {
            garbage.addNode(commitTs, slot, version.deleted, HeapBytes.keptBy(before, version));
        }
    }

    private void remove(int slot, Removals gone) {
        NodeVersion version = touch(slot);
        RelationshipTable table = store.relationships();
        if (gone.outgoing.size() > 0) {
            version.outgoing = Adjacency.remove(version.outgoing, version.outgoingCount, gone.outgoing, table);
            version.outgoingCount -= gone.outgoing.size();
        }
        if (gone.incoming.size() > 0) {
            version.incoming = Adjacency.remove(version.incoming, version.incomingCount, gone.incoming, table);
            version.incomingCount -= gone.incoming.size();
        }
    }

    private Removals removalsOf(int node) {
        Removals known = removals.get(node);
        if (known == null) {
            known = new Removals();
            removals.put(node, known);
        }
        return known;
    }

    private void setState(int slot, byte @Nullable [] properties) {
        RelationshipTable table = store.relationships();
        Object state = table.state(slot);
        if (state instanceof RelationshipVersion version && version.commitTs == commitTs) {
            version.properties = properties;
        } else {
            byte[] before = table.propertiesAt(slot, Long.MAX_VALUE);
            table.setState(slot, new RelationshipVersion(commitTs, properties, state));
            long kept = before == null ? 0 : HeapBytes.ofBlock(before);
            garbage.addRelationship(commitTs, slot, HeapBytes.RELATIONSHIP_VERSION + kept);
        }
    }

    private NodeVersion live(int slot) {
        return Invariant.present(store.nodes().head(slot), "node %d does not exist", slot);
    }

    /** The version of this commit, made if it is not there yet. */
    private NodeVersion touch(int slot) {
        NodeVersion head = live(slot);
        if (head.commitTs == commitTs) {
            return head;
        }
        Invariant.check(!head.deleted, "node %d is deleted", slot);
        if (head.commitTs <= horizon) {
            head.older = null;
        }
        NodeVersion next = new NodeVersion(commitTs, head);
        store.nodes().publish(slot, next);
        touched.add(slot);
        return next;
    }

    private static final class Removals {
        private final SlotSet outgoing = new SlotSet();
        private final SlotSet incoming = new SlotSet();
    }
}
