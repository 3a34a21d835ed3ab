package skein.cypher.execute;

import java.util.ArrayList;
import java.util.List;
import skein.graph.Value;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexTarget;
import skein.storage.api.SchemaOperations.IndexDescription;

/**
 * Indexes as rows: {@code SHOW INDEX INFO} with the columns of Memgraph, {@code SHOW INDEXES} with those of Neo4j
 * (Cypher manual, "Show indexes").
 */
final class IndexRows {
    static final List<String> INFO_COLUMNS = List.of("index type", "label", "property", "count", "name", "state");
    static final List<String> COLUMNS = List.of(
            "id",
            "name",
            "state",
            "populationPercent",
            "type",
            "entityType",
            "labelsOrTypes",
            "properties",
            "indexProvider",
            "owningConstraint");

    private IndexRows() {}

    static List<Value[]> info(List<IndexDescription> indexes) {
        return indexes.stream().map(IndexRows::info).toList();
    }

    private static Value[] info(IndexDescription index) {
        boolean populated = index.populatedPercent() == 100;
        return new Value[] {
            Value.of(type(index.target())),
            Value.of(index.target().labelOrType()),
            IndexProgram.keys(index.target()),
            Value.of(index.count()),
            index.name().isEmpty() ? Value.NULL : Value.of(index.name()),
            Value.of(populated ? "populated" : "populating, " + index.populatedPercent() + " %")
        };
    }

    private static String type(IndexTarget target) {
        String kind = switch (target.kind()) {
            case NODE -> "label";
            case RELATIONSHIP -> "edge-type";
            case NODE_POINT -> "point";
        };
        boolean plain = target.propertyKeys().isEmpty() || target.kind() == IndexKind.NODE_POINT;
        return plain ? kind : kind + "+property";
    }

    static List<Value[]> all(List<IndexDescription> indexes) {
        List<Value[]> rows = new ArrayList<>();
        for (IndexDescription index : indexes) {
            rows.add(row(rows.size() + 1L, index));
        }
        return rows;
    }

    /** One without properties finds all of a label or type, as Neo4j's token lookup indexes do. */
    private static Value[] row(long id, IndexDescription index) {
        IndexTarget target = index.target();
        boolean populated = index.populatedPercent() == 100;
        boolean lookup = target.propertyKeys().isEmpty();
        String type = target.kind() == IndexKind.NODE_POINT ? "POINT" : lookup ? "LOOKUP" : "RANGE";
        return new Value[] {
            Value.of(id),
            Value.of(index.name()),
            Value.of(populated ? "ONLINE" : "POPULATING"),
            Value.of((double) index.populatedPercent()),
            Value.of(type),
            Value.of(target.kind() == IndexKind.RELATIONSHIP ? "RELATIONSHIP" : "NODE"),
            Value.of(List.of(Value.of(target.labelOrType()))),
            Value.of(target.propertyKeys().stream().map(Value::of).toList()),
            Value.of("skein"),
            Value.NULL
        };
    }
}
