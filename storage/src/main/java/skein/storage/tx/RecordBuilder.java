package skein.storage.tx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.IndexTarget;
import skein.storage.api.NameKind;
import skein.storage.graph.NodeVersion;
import skein.storage.log.DictionaryAddition;
import skein.storage.log.GraphOperation;
import skein.storage.log.IndexDefinition;
import skein.storage.log.PropertyCodec;
import skein.storage.log.RecordBody;
import skein.storage.log.SchemaOperation;

/**
 * Turns what a transaction did into a record body: the outcome, not the steps. What was created and deleted again
 * leaves no trace; an entity appears with its final labels and properties.
 */
final class RecordBuilder {
    private final Overlay overlay;
    private final SequencedNames.Assignment names;
    private final List<GraphOperation> operations = new ArrayList<>();

    RecordBuilder(Overlay overlay, SequencedNames.Assignment names) {
        this.overlay = overlay;
        this.names = names;
    }

    RecordBody data() {
        createNodes();
        createRelationships();
        changeNodes();
        changeRelationships();
        deleteRelationships();
        deleteNodes();
        return new RecordBody.DataChanges(names.additions(), operations);
    }

    RecordBody schema(List<SchemaEditor.Change> changes, List<SchemaOperation> constraints) {
        List<SchemaOperation> schemaOperations = new ArrayList<>(constraints);
        for (SchemaEditor.Change change : changes) {
            IndexDefinition index = definition(change.target());
            schemaOperations.add(
                    change.create()
                            ? new SchemaOperation.CreateIndex(index, change.name())
                            : new SchemaOperation.DropIndex(index));
        }
        List<DictionaryAddition> additions = names.additions();
        return new RecordBody.SchemaChanges(additions, schemaOperations);
    }

    private IndexDefinition definition(IndexTarget target) {
        return new IndexDefinition(
                target.kind(),
                names.idOf(SchemaEditor.nameKind(target.kind()), target.labelOrType()),
                target.propertyKeys().stream()
                        .map(key -> names.idOf(NameKind.PROPERTY_KEY, key))
                        .toList());
    }

    private void createNodes() {
        for (int i = 0; i < overlay.nodes.size(); i++) {
            NodeChange change = overlay.nodes.valueAt(i);
            if (change.created() && !change.deleted) {
                operations.add(new GraphOperation.CreateNode(
                        overlay.nodes.keyAt(i), labelIds(change.labels()), block(change.properties())));
            }
        }
    }

    private void createRelationships() {
        for (int i = 0; i < overlay.relationships.size(); i++) {
            RelationshipChange change = overlay.relationships.valueAt(i);
            if (change.created && !change.deleted) {
                operations.add(new GraphOperation.CreateRelationship(
                        overlay.relationships.keyAt(i),
                        id(NameKind.RELATIONSHIP_TYPE, change.type),
                        change.start,
                        change.end,
                        block(change.properties())));
            }
        }
    }

    private void changeNodes() {
        for (int i = 0; i < overlay.nodes.size(); i++) {
            NodeChange change = overlay.nodes.valueAt(i);
            NodeVersion base = change.base;
            if (base != null && !change.deleted) {
                changeLabels(overlay.nodes.keyAt(i), base, change);
                changeProperties(overlay.nodes.keyAt(i), base, change.properties());
            }
        }
    }

    private void changeLabels(long node, NodeVersion base, NodeChange change) {
        for (int label : change.labels()) {
            if (!base.hasLabel(label)) {
                operations.add(new GraphOperation.AddLabel(node, id(NameKind.LABEL, label)));
            }
        }
        for (int label : base.labels()) {
            if (!change.hasLabel(label)) {
                operations.add(new GraphOperation.RemoveLabel(node, label));
            }
        }
    }

    private void changeProperties(long node, NodeVersion base, @Nullable PropertyChanges changes) {
        for (int i = 0; changes != null && i < changes.size(); i++) {
            if (changes.matters(i, base.properties())) {
                int key = id(NameKind.PROPERTY_KEY, changes.key(i));
                operations.add(new GraphOperation.SetNodeProperty(node, key, changes.value(i)));
            }
        }
    }

    private void changeRelationships() {
        for (int i = 0; i < overlay.relationships.size(); i++) {
            RelationshipChange change = overlay.relationships.valueAt(i);
            PropertyChanges changes = change.properties();
            byte[] base = overlay.baseProperties(overlay.relationships.keyAt(i));
            if (changes != null && base != null && !change.deleted) {
                changeProperties(overlay.relationships.keyAt(i), base, changes);
            }
        }
    }

    private void changeProperties(long relationship, byte[] base, PropertyChanges changes) {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.matters(i, base)) {
                int key = id(NameKind.PROPERTY_KEY, changes.key(i));
                operations.add(new GraphOperation.SetRelationshipProperty(relationship, key, changes.value(i)));
            }
        }
    }

    private void deleteRelationships() {
        for (int i = 0; i < overlay.relationships.size(); i++) {
            RelationshipChange change = overlay.relationships.valueAt(i);
            if (change.deleted && !change.created) {
                operations.add(new GraphOperation.DeleteRelationship(overlay.relationships.keyAt(i)));
            }
        }
    }

    private void deleteNodes() {
        for (int i = 0; i < overlay.nodes.size(); i++) {
            NodeChange change = overlay.nodes.valueAt(i);
            if (change.deleted && !change.created()) {
                operations.add(new GraphOperation.DeleteNode(overlay.nodes.keyAt(i)));
            }
        }
    }

    private int[] labelIds(int[] tokens) {
        int[] ids = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            ids[i] = id(NameKind.LABEL, tokens[i]);
        }
        Arrays.sort(ids);
        return ids;
    }

    private byte[] block(@Nullable PropertyChanges changes) {
        if (changes == null || changes.size() == 0) {
            return PropertyCodec.EMPTY;
        }
        SortedMap<Integer, Value> properties = new TreeMap<>();
        for (int i = 0; i < changes.size(); i++) {
            if (!changes.value(i).isNull()) {
                properties.put(id(NameKind.PROPERTY_KEY, changes.key(i)), changes.value(i));
            }
        }
        return PropertyCodec.of(properties);
    }

    private int id(NameKind kind, int token) {
        return token >= 0 ? token : names.idOf(kind, overlay.names.nameOf(kind, token));
    }
}
