package skein.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import skein.graph.Value;
import skein.http.InstanceMetrics;
import skein.instance.Instance;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;

/** Indexes and constraints of the default database by kind, as numbers with Memgraph's names. */
final class SchemaGauges {
    private static final String INDEXES = "SHOW INDEX INFO";
    private static final String CONSTRAINTS = "SHOW CONSTRAINT INFO";

    /** @param type as the statement's first column has it */
    private record Kind(String statement, String type, String metric, String description) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(INDEXES, "label", "active.label.indices", "Indexes of labels."),
            new Kind(INDEXES, "label+property", "active.label.property.indices", "Indexes of labels and properties."),
            new Kind(INDEXES, "edge-type", "active.edge.type.indices", "Indexes of relationship types."),
            new Kind(
                    INDEXES,
                    "edge-type+property",
                    "active.edge.type.property.indices",
                    "Indexes of relationship types and properties."),
            new Kind(INDEXES, "point", "active.point.indices", "Indexes of points."),
            new Kind(CONSTRAINTS, "exists", "active.existence.constraints", "Constraints that a property is there."),
            new Kind(CONSTRAINTS, "unique", "active.unique.constraints", "Constraints that values are unique."),
            new Kind(CONSTRAINTS, "data_type", "active.type.constraints", "Constraints on the type of a property."));

    private final Function<String, List<String>> types;
    private volatile Map<Kind, Long> counts = Map.of();

    /** @param types the first column of what a statement answers */
    SchemaGauges(Function<String, List<String>> types) {
        this.types = types;
    }

    static SchemaGauges of(Instance instance) {
        return new SchemaGauges(statement -> {
            try (QuerySession session = instance.queries().open("metrics")) {
                QueryCursor cursor = session.run(statement, Map.of(), TransactionOptions.WRITE);
                List<String> found = new ArrayList<>();
                for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
                    if (row[0] instanceof Value.StringValue(String type)) {
                        found.add(type);
                    }
                }
                cursor.finish();
                return found;
            }
        });
    }

    void addTo(InstanceMetrics metrics) {
        metrics.beforeReading(this::look);
        for (Kind kind : KINDS) {
            metrics.gauge(kind.metric(), kind.description(), () -> read(kind));
        }
    }

    private Number read(Kind kind) {
        Long count = counts.get(kind);
        return count == null ? Double.NaN : count;
    }

    /** What cannot be asked is not known any more, as while a replica takes over its MAIN's databases. */
    private void look() {
        counts = Map.of();
        Map<String, List<String>> found = Map.of(INDEXES, types.apply(INDEXES), CONSTRAINTS, types.apply(CONSTRAINTS));
        Map<Kind, Long> next = new HashMap<>();
        for (Kind kind : KINDS) {
            next.put(
                    kind,
                    found.getOrDefault(kind.statement(), List.of()).stream()
                            .filter(kind.type()::equals)
                            .count());
        }
        counts = Map.copyOf(next);
    }
}
