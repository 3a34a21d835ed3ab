package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import skein.graph.Value;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.NameKind;
import skein.storage.index.ValueMatch;

/** Asks a transaction everything that can be asked and compares with the model. */
final class ModelCheck {
    private static final int[] ALL = new int[0];

    private final GraphReads reads;
    private final GraphModel model;

    private ModelCheck(GraphReads reads, GraphModel model) {
        this.reads = reads;
        this.model = model;
    }

    static void assertSame(GraphReads reads, GraphModel model, List<String> labels, List<String> types) {
        ModelCheck check = new ModelCheck(reads, model);
        check.nodes(labels);
        check.relationships(types);
        model.nodes.keySet().forEach(node -> check.expand(node, types));
    }

    /** Compares seeks for these values on one pair. */
    static void assertSeeks(GraphReads reads, GraphModel model, String label, String key, List<Value> values) {
        int labelToken = reads.tokenOf(NameKind.LABEL, label);
        int keyToken = reads.tokenOf(NameKind.PROPERTY_KEY, key);
        for (Value value : values) {
            List<Long> expected = new ArrayList<>();
            model.nodes.forEach((id, node) -> {
                boolean found = node.labels.contains(label)
                        && ValueMatch.equal(node.properties.getOrDefault(key, Value.NULL), value);
                if (found) {
                    expected.add(id);
                }
            });
            assertThat(ids(reads.nodesWithProperty(labelToken, keyToken, value)))
                    .as("nodes with %s.%s = %s", label, key, value)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private void nodes(List<String> labels) {
        assertThat(ids(reads.nodes())).containsExactlyInAnyOrderElementsOf(model.nodes.keySet());
        assertThat(reads.nodeCount()).isEqualTo(model.nodes.size());
        for (String label : labels) {
            int token = reads.tokenOf(NameKind.LABEL, label);
            List<Long> expected = model.nodes.entrySet().stream()
                    .filter(entry -> entry.getValue().labels.contains(label))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(ids(reads.nodesWithLabel(token))).as(label).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(reads.nodeCount(token)).as("count of %s", label).isEqualTo(expected.size());
        }
        model.nodes.forEach((id, node) -> {
            assertThat(reads.nodeExists(id)).isTrue();
            assertThat(labelsOf(id)).isEqualTo(node.labels);
            assertThat(properties(visitor -> reads.visitNodeProperties(id, visitor)))
                    .isEqualTo(node.properties);
            node.properties.forEach((key, value) -> assertThat(
                            reads.nodeProperty(id, reads.tokenOf(NameKind.PROPERTY_KEY, key)))
                    .isEqualTo(value));
        });
    }

    private void relationships(List<String> types) {
        assertThat(ids(reads.relationships())).containsExactlyInAnyOrderElementsOf(model.relationships.keySet());
        assertThat(reads.relationshipCount()).isEqualTo(model.relationships.size());
        for (String type : types) {
            List<Long> expected = model.relationships.entrySet().stream()
                    .filter(entry -> entry.getValue().type.equals(type))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(ids(reads.relationshipsWithType(reads.tokenOf(NameKind.RELATIONSHIP_TYPE, type))))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        model.relationships.forEach((id, relationship) -> {
            assertThat(reads.relationshipExists(id)).isTrue();
            assertThat(reads.startOf(id)).isEqualTo(relationship.start);
            assertThat(reads.endOf(id)).isEqualTo(relationship.end);
            assertThat(reads.nameOf(NameKind.RELATIONSHIP_TYPE, reads.typeOf(id)))
                    .isEqualTo(relationship.type);
            assertThat(properties(visitor -> reads.visitRelationshipProperties(id, visitor)))
                    .isEqualTo(relationship.properties);
        });
    }

    private void expand(long node, List<String> types) {
        Set<Long> around = model.around(node);
        for (Direction direction : Direction.values()) {
            expect(node, around, direction, ALL, relationship -> true);
            for (String type : types) {
                int[] one = {reads.tokenOf(NameKind.RELATIONSHIP_TYPE, type)};
                expect(node, around, direction, one, relationship -> relationship.type.equals(type));
            }
        }
    }

    private void expect(
            long node, Set<Long> around, Direction direction, int[] types, Predicate<GraphModel.Relationship> wanted) {
        List<Long> expected = new ArrayList<>();
        for (long id : around) {
            GraphModel.Relationship relationship = model.relationship(id);
            boolean fits = switch (direction) {
                case OUTGOING -> relationship.start == node;
                case INCOMING -> relationship.end == node;
                case BOTH -> true;
            };
            if (fits && wanted.test(relationship)) {
                expected.add(id);
            }
        }
        List<Long> met = new ArrayList<>();
        RelationshipCursor cursor = reads.expand(node, direction, types);
        while (cursor.next()) {
            GraphModel.Relationship relationship = model.relationship(cursor.relationship());
            assertThat(cursor.start()).isEqualTo(relationship.start);
            assertThat(cursor.end()).isEqualTo(relationship.end);
            assertThat(cursor.neighbour())
                    .isEqualTo(relationship.start == node ? relationship.end : relationship.start);
            assertThat(reads.nameOf(NameKind.RELATIONSHIP_TYPE, cursor.type())).isEqualTo(relationship.type);
            met.add(cursor.relationship());
        }
        assertThat(met).as("%s of %d", direction, node).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(reads.degree(node, direction, types)).isEqualTo(expected.size());
    }

    private TreeSet<String> labelsOf(long node) {
        TreeSet<String> names = new TreeSet<>();
        for (int label : reads.labels(node)) {
            assertThat(reads.hasLabel(node, label)).isTrue();
            assertThat(names.add(reads.nameOf(NameKind.LABEL, label))).isTrue();
        }
        return names;
    }

    private Map<String, Value> properties(java.util.function.Consumer<GraphReads.PropertyVisitor> visit) {
        Map<String, Value> found = new HashMap<>();
        visit.accept((key, value) -> assertThat(found.put(reads.nameOf(NameKind.PROPERTY_KEY, key), value))
                .isNull());
        return found;
    }

    static List<Long> ids(EntityCursor cursor) {
        List<Long> ids = new ArrayList<>();
        while (cursor.next()) {
            ids.add(cursor.id());
        }
        return ids;
    }
}
