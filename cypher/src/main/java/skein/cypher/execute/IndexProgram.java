package skein.cypher.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.storage.api.GraphTransaction;
import skein.storage.api.IndexTarget;
import skein.storage.api.SchemaOperations.IndexAnalysis;
import skein.storage.api.SchemaOperations.IndexDescription;
import skein.vocabulary.Notification;

/**
 * CREATE INDEX, DROP INDEX and ANALYZE GRAPH. Making what exists, or dropping what does not, changes nothing and says
 * so.
 */
public final class IndexProgram {
    private static final List<String> ANALYSIS_COLUMNS = List.of(
            "label",
            "property",
            "num estimation nodes",
            "num groups",
            "avg group size",
            "chi-squared value",
            "avg degree");
    private static final List<String> FORGOTTEN_COLUMNS = List.of("label", "property");

    private final Statement.OfIndexes statement;

    public IndexProgram(Statement.OfIndexes statement) {
        this.statement = statement;
    }

    public List<String> columns() {
        if (statement instanceof Statement.Analyze analyze) {
            return analyze.delete() ? FORGOTTEN_COLUMNS : ANALYSIS_COLUMNS;
        }
        return List.of();
    }

    /** False for what only counts. */
    public boolean changesSchema() {
        return !(statement instanceof Statement.Analyze);
    }

    public RunningQuery start(GraphTransaction graph) {
        return switch (statement) {
            case Statement.Index index -> index.create() ? create(index, graph) : drop(index, graph);
            case Statement.DropNamedIndex drop -> {
                boolean dropped = graph.dropIndexNamed(drop.name());
                yield change(0, dropped ? 1 : 0, dropped || drop.tolerant() ? null : missing("called " + drop.name()));
            }
            case Statement.DropAllIndexes all -> {
                List<IndexDescription> indexes = graph.indexes();
                indexes.forEach(index -> graph.dropIndex(index.target()));
                yield change(0, indexes.size(), null);
            }
            case Statement.Analyze analyze -> analyze(analyze, graph);
        };
    }

    private static RunningQuery create(Statement.Index index, GraphTransaction graph) {
        IndexTarget target = target(index);
        boolean created = graph.createIndex(target, index.name().orElse(""));
        Notification exists = new Notification(
                "IndexAlreadyExists",
                "The index exists already.",
                "Index on " + target + " exists already; nothing was changed.",
                Notification.Severity.INFORMATION);
        return change(created ? 1 : 0, 0, created || index.tolerant() ? null : exists);
    }

    private static RunningQuery drop(Statement.Index index, GraphTransaction graph) {
        IndexTarget target = target(index);
        boolean dropped = graph.dropIndex(target);
        return change(0, dropped ? 1 : 0, dropped ? null : missing("on " + target));
    }

    private static RunningQuery change(int added, int removed, @Nullable Notification notification) {
        Counters counters = new Counters();
        counters.indexesAdded += added;
        counters.indexesRemoved += removed;
        return TableRun.ofChange(counters.snapshot(), notification == null ? List.of() : List.of(notification));
    }

    private static Notification missing(String which) {
        return new Notification(
                "IndexDoesNotExist",
                "There is no such index.",
                "There is no index " + which + "; nothing was changed. SHOW INDEX INFO lists all.",
                Notification.Severity.INFORMATION);
    }

    private RunningQuery analyze(Statement.Analyze analyze, GraphTransaction graph) {
        List<Value[]> rows = analyze.delete()
                ? graph.forgetStatistics(analyze.labels()).stream()
                        .map(target -> new Value[] {Value.of(target.labelOrType()), keys(target)})
                        .toList()
                : graph.analyzeIndexes(analyze.labels()).stream()
                        .map(IndexProgram::row)
                        .toList();
        return TableRun.ofRows(columns(), rows);
    }

    private static Value[] row(IndexAnalysis analysis) {
        long entries = analysis.statistics().entries();
        long groups = analysis.statistics().distinct();
        return new Value[] {
            Value.of(analysis.target().labelOrType()),
            keys(analysis.target()),
            Value.of(entries),
            Value.of(groups),
            Value.of(groups == 0 ? 0.0 : (double) entries / groups),
            Value.of(analysis.chiSquared()),
            Value.of(analysis.averageDegree())
        };
    }

    /** The property, the list of several, or null for none: as Memgraph shows them. */
    static Value keys(IndexTarget target) {
        List<Value> keys = target.propertyKeys().stream().map(Value::of).toList();
        return switch (keys.size()) {
            case 0 -> Value.NULL;
            case 1 -> keys.getFirst();
            default -> new ListValue(keys);
        };
    }

    private static IndexTarget target(Statement.Index index) {
        return switch (index.subject()) {
            case NODES -> IndexTarget.ofNodes(index.labelOrType(), index.keys());
            case RELATIONSHIPS -> IndexTarget.ofRelationships(index.labelOrType(), index.keys());
            case POINTS ->
                IndexTarget.ofPoints(index.labelOrType(), index.keys().getFirst());
        };
    }
}
