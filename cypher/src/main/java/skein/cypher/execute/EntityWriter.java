package skein.cypher.execute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphReads;
import skein.storage.api.GraphTransaction;
import skein.storage.api.NameKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Changes entities and counts what was changed. */
final class EntityWriter {
    private EntityWriter() {}

    static void setProperty(Execution run, Value subject, String key, Value value) {
        GraphTransaction graph = run.transaction;
        int token =
                value.isNull() ? graph.tokenOf(NameKind.PROPERTY_KEY, key) : graph.tokenFor(NameKind.PROPERTY_KEY, key);
        if (token == GraphReads.NO_TOKEN) {
            return;
        }
        Value before = switch (subject) {
            case NodeReference node -> graph.setNodeProperty(node.id(), token, value);
            case RelationshipReference relationship -> graph.setRelationshipProperty(relationship.id(), token, value);
            case Value.NullValue nothing -> Value.NULL;
            default -> throw notAnEntity("SET or REMOVE of a property", subject);
        };
        boolean counts = !value.isNull() || !before.isNull();
        if (counts && !subject.isNull()) {
            run.counters.propertiesSet++;
        }
    }

    /** @param keepOthers leave properties alone that the value does not name */
    static void setProperties(Execution run, Value subject, Value value, boolean keepOthers) {
        if (subject.isNull()) {
            return;
        }
        Map<String, Value> wanted = asProperties(run, value);
        if (!keepOthers) {
            for (String key : propertiesOf(run, subject).keySet()) {
                if (!wanted.containsKey(key)) {
                    setProperty(run, subject, key, Value.NULL);
                }
            }
        }
        wanted.forEach((key, each) -> setProperty(run, subject, key, each));
    }

    private static Map<String, Value> asProperties(Execution run, Value value) {
        return switch (value) {
            case MapValue map -> map.entries();
            case NodeReference node -> propertiesOf(run, node);
            case RelationshipReference relationship -> propertiesOf(run, relationship);
            default ->
                throw new SkeinException(
                        ErrorCode.TYPE_ERROR,
                        "Properties can be set from a map, a node or a relationship but not from "
                                + TypeName.withArticle(value)
                                + " [InvalidArgumentType].");
        };
    }

    private static Map<String, Value> propertiesOf(Execution run, Value subject) {
        Map<String, Value> properties = new LinkedHashMap<>();
        GraphReads.PropertyVisitor collect =
                (key, value) -> properties.put(run.transaction.nameOf(NameKind.PROPERTY_KEY, key), value);
        switch (subject) {
            case NodeReference node -> run.transaction.visitNodeProperties(node.id(), collect);
            case RelationshipReference relationship ->
                run.transaction.visitRelationshipProperties(relationship.id(), collect);
            default -> throw notAnEntity("SET of properties", subject);
        }
        return properties;
    }

    static void addLabels(Execution run, Value subject, List<String> labels) {
        if (subject.isNull()) {
            return;
        }
        if (!(subject instanceof NodeReference node)) {
            throw notAnEntity("SET of a label", subject);
        }
        for (String label : labels) {
            if (run.transaction.addLabel(node.id(), run.transaction.tokenFor(NameKind.LABEL, label))) {
                run.counters.labelsAdded++;
            }
        }
    }

    static void removeLabels(Execution run, Value subject, List<String> labels) {
        if (subject.isNull()) {
            return;
        }
        if (!(subject instanceof NodeReference node)) {
            throw notAnEntity("REMOVE of a label", subject);
        }
        for (String label : labels) {
            int token = run.transaction.tokenOf(NameKind.LABEL, label);
            if (token != GraphReads.NO_TOKEN && run.transaction.removeLabel(node.id(), token)) {
                run.counters.labelsRemoved++;
            }
        }
    }

    private static SkeinException notAnEntity(String what, Value subject) {
        return new SkeinException(
                ErrorCode.TYPE_ERROR,
                what + " needs a node or a relationship but got " + TypeName.withArticle(subject)
                        + " [InvalidArgumentType].");
    }
}
