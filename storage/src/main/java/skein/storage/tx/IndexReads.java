package skein.storage.tx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.GraphReads;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;
import skein.storage.api.IndexTarget;
import skein.storage.api.PropertyCondition;
import skein.storage.api.SchemaOperations.IndexAnalysis;
import skein.storage.graph.DeclaredIndex;
import skein.storage.graph.SlotMap;
import skein.storage.index.IndexSearch;
import skein.storage.index.KeyRange;
import skein.storage.index.OrderedIndex;

/** Finds entities by conditions on their properties: through an index where one can be used, else by scanning. */
final class IndexReads {
    private final Overlay overlay;
    private final SchemaEditor schema;

    IndexReads(Overlay overlay, SchemaEditor schema) {
        this.overlay = overlay;
        this.schema = schema;
    }

    /** The index on exactly these keys in this order; null when this transaction cannot use one. */
    @Nullable
    DeclaredIndex find(IndexKind kind, int token, int[] keys) {
        List<DeclaredIndex> usable = token < 0 ? List.of() : schema.usable();
        for (DeclaredIndex index : usable) {
            if (index.definition().kind() == kind && index.definition().token() == token && index.covers(keys)) {
                return index;
            }
        }
        return null;
    }

    Optional<IndexStatistics> statistics(IndexKind kind, int token, int[] keys) {
        DeclaredIndex index = find(kind, token, keys);
        return index == null ? Optional.empty() : index.statistics();
    }

    /** Property keys of the usable indexes on a label or type. */
    List<int[]> indexedKeys(IndexKind kind, int token) {
        List<int[]> found = new ArrayList<>();
        for (DeclaredIndex index : token < 0 ? List.<DeclaredIndex>of() : schema.usable()) {
            if (index.definition().kind() == kind && index.definition().token() == token && index.entries() != null) {
                found.add(index.keys());
            }
        }
        return found;
    }

    EntityCursor nodes(int label, int[] keys, List<PropertyCondition> conditions) {
        if (label == GraphReads.NO_TOKEN) {
            return new NodeScan(overlay, NodeTest.ANY, new SlotMap<>(), SlotSource.NONE);
        }
        NodeTest test = new NodeTest.OfConditions(label, keys, conditions);
        SlotMap<NodeChange> changed =
                keys.length == 1 && conditions.getFirst() instanceof PropertyCondition.Equal(Value value)
                        ? overlay.changedNodes.withProperty(label, keys[0], value)
                        : overlay.changedNodes.withLabel(label);
        return new NodeScan(overlay, test, changed, nodeSource(label, keys, conditions));
    }

    private SlotSource nodeSource(int label, int[] keys, List<PropertyCondition> conditions) {
        DeclaredIndex points = keys.length == 1 && conditions.getFirst() instanceof PropertyCondition.WithinBox
                ? find(IndexKind.NODE_POINT, label, keys)
                : null;
        if (points != null) {
            return source(points, IndexSearch.pointRanges(conditions.getFirst()));
        }
        DeclaredIndex index = find(IndexKind.NODE, label, keys);
        return index != null
                ? source(index, IndexSearch.ranges(conditions, keys.length))
                : SlotSource.of(overlay.store.indexes().nodesWithLabel(label));
    }

    EntityCursor relationships(int type, int[] keys, List<PropertyCondition> conditions) {
        DeclaredIndex index = find(IndexKind.RELATIONSHIP, type, keys);
        SlotSource source = index != null
                ? source(index, IndexSearch.ranges(conditions, keys.length))
                : SlotSource.of(overlay.store.indexes().relationshipsWithType(type));
        return new RelationshipSeek(overlay, type, keys, conditions, source);
    }

    List<IndexAnalysis> analyze(List<String> labelsOrTypes) {
        List<IndexAnalysis> found = new ArrayList<>();
        for (DeclaredIndex index : schema.usable()) {
            OrderedIndex entries = index.entries();
            IndexTarget target = schema.target(index);
            if (entries != null && (labelsOrTypes.isEmpty() || labelsOrTypes.contains(target.labelOrType()))) {
                IndexAnalysis analysis = IndexAnalyzer.analyze(overlay, index, entries, target);
                index.analyze(analysis.statistics());
                found.add(analysis);
            }
        }
        return found;
    }

    List<IndexTarget> forgetStatistics(List<String> labelsOrTypes) {
        List<IndexTarget> forgotten = new ArrayList<>();
        for (DeclaredIndex index : schema.usable()) {
            IndexTarget target = schema.target(index);
            boolean concerned = labelsOrTypes.isEmpty() || labelsOrTypes.contains(target.labelOrType());
            if (concerned && index.analyze(null)) {
                forgotten.add(target);
            }
        }
        return forgotten;
    }

    private static SlotSource source(DeclaredIndex index, List<KeyRange> ranges) {
        OrderedIndex entries = index.entries();
        return entries == null ? SlotSource.NONE : new IndexSource(index, entries, ranges);
    }
}
