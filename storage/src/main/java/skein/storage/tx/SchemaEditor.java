package skein.storage.tx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;
import skein.storage.api.SchemaOperations.IndexDescription;
import skein.storage.graph.DeclaredIndex;
import skein.storage.index.HashIndex;

/** Declarations of indexes by one transaction. */
final class SchemaEditor {
    private final Overlay overlay;
    private final List<Change> changes = new ArrayList<>();
    private @Nullable List<DeclaredIndex> declared;

    SchemaEditor(Overlay overlay) {
        this.overlay = overlay;
    }

    /** One index declared or dropped; tokens may be provisional, the key may be {@link DeclaredIndex#NO_KEY}. */
    record Change(boolean create, String label, List<String> keys) {
        boolean concerns(String otherLabel, List<String> otherKeys) {
            return label.equals(otherLabel) && keys.equals(otherKeys);
        }
    }

    /** The snapshot has moved. */
    void refresh() {
        declared = null;
    }

    List<Change> changes() {
        return changes;
    }

    boolean create(String label, List<String> keys) {
        if (exists(label, keys)) {
            return false;
        }
        changes.add(new Change(true, label, keys));
        overlay.names.tokenFor(NameKind.LABEL, label);
        keys.forEach(key -> overlay.names.tokenFor(NameKind.PROPERTY_KEY, key));
        return true;
    }

    boolean drop(String label, List<String> keys) {
        if (!exists(label, keys)) {
            return false;
        }
        changes.add(new Change(false, label, keys));
        return true;
    }

    List<IndexDescription> indexes() {
        List<IndexDescription> shown = new ArrayList<>();
        for (DeclaredIndex index : declared()) {
            shown.add(describe(index));
        }
        for (Change change : changes) {
            if (change.create()) {
                shown.add(new IndexDescription(change.label(), change.keys(), 0));
            } else {
                shown.removeIf(index -> change.concerns(index.label(), index.propertyKeys()));
            }
        }
        return List.copyOf(shown);
    }

    /** The index of a pair that this transaction may look into; null when there is none. */
    @Nullable
    HashIndex entries(int label, int key) {
        if (label == GraphReads.NO_TOKEN || key < 0) {
            return null;
        }
        for (DeclaredIndex index : declared()) {
            if (index.label() == label && index.key() == key) {
                return index.entries();
            }
        }
        return null;
    }

    /** What a snapshot may use never changes, so one look is enough. */
    private List<DeclaredIndex> declared() {
        List<DeclaredIndex> known = declared;
        if (known == null) {
            known = overlay.store.indexes().declaredAt(overlay.snapshot);
            declared = known;
        }
        return known;
    }

    private boolean exists(String label, List<String> keys) {
        return indexes().stream()
                .anyMatch(index -> new Change(true, label, keys).concerns(index.label(), index.propertyKeys()));
    }

    private IndexDescription describe(DeclaredIndex index) {
        String label = overlay.names.nameOf(NameKind.LABEL, index.label());
        HashIndex entries = index.entries();
        if (entries == null) {
            return new IndexDescription(label, List.of(), overlay.store.nodeCountAt(index.label(), overlay.snapshot));
        }
        String key = overlay.names.nameOf(NameKind.PROPERTY_KEY, index.key());
        return new IndexDescription(label, List.of(key), entries.size());
    }
}
