package skein.storage.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.storage.api.Direction;
import skein.storage.api.NameKind;
import skein.storage.index.IndexKey;
import skein.storage.index.OrderedIndex;
import skein.storage.index.SlotBitmap;

/**
 * Compares everything the applier keeps incrementally with a scan of the newest state: the state hash, counts, members
 * of labels and types, entries of indexes, constraints, both sides of every relationship. For tests and for checking a
 * database that nobody writes to; the applier must rest meanwhile.
 */
public final class GraphAudit {
    private static final int[] ALL_TYPES = new int[0];

    private final GraphStore store;
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, Long> labelCounts = new HashMap<>();
    private final Map<Integer, Long> typeCounts = new HashMap<>();
    private long hash;
    private long nodes;
    private long relationships;
    private long outgoing;
    private long incoming;
    private long contentBytes;

    private GraphAudit(GraphStore store) {
        this.store = store;
    }

    /** What does not fit, in words; empty when all is well. */
    public static List<String> of(GraphStore store) {
        GraphAudit audit = new GraphAudit(store);
        audit.names();
        for (int slot = 0; slot < store.relationships().limit(); slot++) {
            audit.relationship(slot);
        }
        for (int slot = 0; slot < store.nodes().limit(); slot++) {
            audit.node(slot);
        }
        audit.constraints();
        audit.totals();
        return audit.problems;
    }

    private void names() {
        hash += hashOfNamesAndSchema(store);
    }

    /** The part of the state hash that is neither nodes nor relationships. */
    static long hashOfNamesAndSchema(GraphStore store) {
        long hash = 0;
        for (NameKind kind : NameKind.values()) {
            for (int token = 0; token < store.dictionary().size(kind); token++) {
                hash += StateHash.ofName(kind, token, store.dictionary().nameOf(kind, token));
            }
        }
        for (DeclaredIndex index : store.indexes().declared()) {
            hash += index.isDropped() ? 0 : StateHash.ofIndex(index.definition());
        }
        for (DeclaredConstraint constraint : store.constraints().newest().all()) {
            hash += StateHash.ofConstraint(constraint.definition(), constraint.name());
        }
        return hash;
    }

    private void relationship(int slot) {
        RelationshipTable table = store.relationships();
        byte[] properties = table.propertiesAt(slot, Long.MAX_VALUE);
        if (properties == null) {
            return;
        }
        relationships++;
        contentBytes += HeapBytes.ofBlock(properties);
        typeCounts.merge(table.type(slot), 1L, Long::sum);
        hash += StateHash.ofRelationship(slot, table.type(slot), table.start(slot), table.end(slot), properties);
        store.indexes()
                .declared()
                .forEach(index -> entry(index, slot, IndexContent.ofRelationship(index, table.type(slot), properties)));
        SlotBitmap members = store.indexes().relationshipsWithType(table.type(slot));
        expect(members != null && members.contains(slot), "relationship %d is not a member of its type", slot);
        expect(
                store.nodes().at(table.start(slot), Long.MAX_VALUE) != null
                        && store.nodes().at(table.end(slot), Long.MAX_VALUE) != null,
                "relationship %d has an end that does not exist",
                slot);
    }

    private void node(int slot) {
        NodeVersion version = store.nodes().at(slot, Long.MAX_VALUE);
        if (version == null) {
            return;
        }
        nodes++;
        contentBytes += HeapBytes.ofLive(version);
        hash += StateHash.ofNode(slot, version.labels, version.properties);
        for (int label : version.labels) {
            labelCounts.merge(label, 1L, Long::sum);
            SlotBitmap members = store.indexes().nodesWithLabel(label);
            expect(members != null && members.contains(slot), "node %d is not a member of label %d", slot, label);
        }
        store.indexes().declared().forEach(index -> entry(index, slot, IndexContent.ofNode(index, version)));
        outgoing += side(slot, version, Direction.OUTGOING);
        incoming += side(slot, version, Direction.INCOMING);
    }

    private void entry(DeclaredIndex index, int slot, @Nullable IndexKey key) {
        OrderedIndex entries = index.entries();
        if (entries == null || key == null || index.isDropped() || !index.isPopulated()) {
            return;
        }
        expect(entries.contains(key, slot), "%d is not in the index %s", slot, index.definition());
    }

    private void constraints() {
        for (DeclaredConstraint constraint : store.constraints().newest().all()) {
            problems.addAll(ConstraintAudit.of(store, constraint));
        }
    }

    private long side(int slot, NodeVersion version, Direction direction) {
        RelationshipTable table = store.relationships();
        AdjacencyCursor cursor = new AdjacencyCursor(table, slot, version, direction, ALL_TYPES);
        SlotSet met = new SlotSet();
        while (cursor.next()) {
            int relationship = cursor.relationship();
            boolean out = direction == Direction.OUTGOING;
            expect(
                    table.propertiesAt(relationship, Long.MAX_VALUE) != null
                            && (out ? table.start(relationship) : table.end(relationship)) == slot
                            && (out ? table.end(relationship) : table.start(relationship)) == cursor.neighbour(),
                    "relationship %d does not belong to node %d",
                    relationship,
                    slot);
            met.add(relationship);
        }
        expect(met.isDistinct(), "node %d meets a relationship twice", slot);
        return met.size();
    }

    private void totals() {
        expect(hash == store.stateHash(), "the state hash is %x, a scan yields %x", store.stateHash(), hash);
        expect(
                contentBytes == store.contentBytes(),
                "%d bytes are counted for content, a scan yields %d",
                store.contentBytes(),
                contentBytes);
        expect(nodes == store.nodeCountAt(Long.MAX_VALUE), "there are %d nodes", nodes);
        expect(
                relationships == store.relationshipCountAt(Long.MAX_VALUE)
                        && relationships == outgoing
                        && relationships == incoming,
                "there are %d relationships, %d leave a node, %d reach one",
                relationships,
                outgoing,
                incoming);
        for (int label = 0; label < store.dictionary().size(NameKind.LABEL); label++) {
            long counted = labelCounts.getOrDefault(label, 0L);
            expect(counted == store.nodeCountAt(label, Long.MAX_VALUE), "label %d is on %d nodes", label, counted);
        }
        for (int type = 0; type < store.dictionary().size(NameKind.RELATIONSHIP_TYPE); type++) {
            long counted = typeCounts.getOrDefault(type, 0L);
            expect(
                    counted == store.relationshipCountAt(type, Long.MAX_VALUE),
                    "type %d is on %d relationships",
                    type,
                    counted);
        }
    }

    private void expect(boolean fits, String problem, Object... arguments) {
        if (!fits) {
            problems.add(problem.formatted(arguments));
        }
    }
}
