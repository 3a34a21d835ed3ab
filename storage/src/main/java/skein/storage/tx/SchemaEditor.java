package skein.storage.tx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexTarget;
import skein.storage.api.NameKind;
import skein.storage.api.SchemaOperations.IndexDescription;
import skein.storage.graph.DeclaredIndex;
import skein.storage.index.OrderedIndex;
import skein.storage.log.IndexDefinition;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Declarations of indexes by one transaction. */
final class SchemaEditor {
    private final Overlay overlay;
    private final List<Change> changes = new ArrayList<>();
    private @Nullable List<DeclaredIndex> usable;

    SchemaEditor(Overlay overlay) {
        this.overlay = overlay;
    }

    /** One index declared or dropped. */
    record Change(boolean create, IndexTarget target, String name) {}

    /** The snapshot has moved. */
    void refresh() {
        usable = null;
    }

    List<Change> changes() {
        return changes;
    }

    boolean create(IndexTarget target, String name) {
        requirePossible(target);
        for (IndexDescription index : indexes()) {
            if (index.target().equals(target)) {
                return false;
            }
            if (!name.isEmpty() && index.name().equals(name)) {
                throw new SkeinException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The index on " + index.target() + " is called '" + name
                                + "' already. Choose another name, or drop that index first.");
            }
        }
        changes.add(new Change(true, target, name));
        overlay.names.tokenFor(nameKind(target.kind()), target.labelOrType());
        target.propertyKeys().forEach(key -> overlay.names.tokenFor(NameKind.PROPERTY_KEY, key));
        return true;
    }

    boolean drop(IndexTarget target) {
        if (indexes().stream().noneMatch(index -> index.target().equals(target))) {
            return false;
        }
        changes.add(new Change(false, target, ""));
        return true;
    }

    boolean dropNamed(String name) {
        Optional<IndexTarget> found = indexes().stream()
                .filter(index -> !name.isEmpty() && index.name().equals(name))
                .map(IndexDescription::target)
                .findFirst();
        return found.isPresent() && drop(found.get());
    }

    List<IndexDescription> indexes() {
        List<IndexDescription> shown = new ArrayList<>();
        for (DeclaredIndex index : overlay.store.indexes().declaredAt(overlay.snapshot)) {
            shown.add(describe(index));
        }
        for (Change change : changes) {
            if (change.create()) {
                shown.add(new IndexDescription(change.target(), change.name(), 0, Optional.empty(), 0));
            } else {
                shown.removeIf(index -> change.target().equals(index.target()));
            }
        }
        return List.copyOf(shown);
    }

    /**
     * Indexes that this transaction may look into: those that know all its snapshot shows. Looked up once, so that one
     * that becomes usable meanwhile is not used by half of a query.
     */
    List<DeclaredIndex> usable() {
        List<DeclaredIndex> known = usable;
        if (known == null) {
            known = usableOf(overlay.store.indexes().declaredAt(overlay.snapshot));
            usable = known;
        }
        return known;
    }

    /** Nearly always all of them: then there is nothing to be made. */
    private List<DeclaredIndex> usableOf(List<DeclaredIndex> declared) {
        for (DeclaredIndex index : declared) {
            if (!index.usableAt(overlay.snapshot)) {
                return declared.stream()
                        .filter(other -> other.usableAt(overlay.snapshot))
                        .toList();
            }
        }
        return declared;
    }

    IndexTarget target(DeclaredIndex index) {
        IndexDefinition definition = index.definition();
        return new IndexTarget(
                definition.kind(),
                overlay.names.nameOf(nameKind(definition.kind()), definition.token()),
                definition.keys().stream()
                        .map(key -> overlay.names.nameOf(NameKind.PROPERTY_KEY, key))
                        .toList());
    }

    static NameKind nameKind(IndexKind kind) {
        return switch (kind) {
            case NODE -> NameKind.LABEL;
            case RELATIONSHIP -> NameKind.RELATIONSHIP_TYPE;
            case NODE_POINT -> NameKind.LABEL;
        };
    }

    private static void requirePossible(IndexTarget target) {
        List<String> keys = target.propertyKeys();
        if (new HashSet<>(keys).size() < keys.size()) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "An index on " + target + " names a property twice. Name each property once.");
        }
        if (keys.size() > IndexDefinition.KEYS_MAX || target.kind() == IndexKind.NODE_POINT && keys.size() != 1) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    target.kind() == IndexKind.NODE_POINT
                            ? "A point index is on exactly one property, not on " + keys.size() + "."
                            : "An index is on at most " + IndexDefinition.KEYS_MAX + " properties, not on "
                                    + keys.size() + ".");
        }
    }

    private IndexDescription describe(DeclaredIndex index) {
        OrderedIndex entries = index.entries();
        int token = index.definition().token();
        long count = entries != null
                ? entries.size()
                : index.definition().kind() == IndexKind.RELATIONSHIP
                        ? overlay.store.relationshipCountAt(token, overlay.snapshot)
                        : overlay.store.nodeCountAt(token, overlay.snapshot);
        return new IndexDescription(target(index), index.name(), count, index.statistics(), index.populatedPercent());
    }
}
