package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.procedure.InstanceFacts;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.procedure.ProcedureSignature;
import skein.cypher.syntax.Statement.Show.Subject;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.storage.api.GraphTransaction;
import skein.storage.api.NameKind;

/** The SHOW statements that the engine answers. */
public final class ShowProgram {
    /** Memgraph's columns, then Neo4j's: tools of both look theirs up by name. */
    private static final List<String> DATABASE_COLUMNS = List.of(
            "Name",
            "State",
            "Health",
            "name",
            "type",
            "aliases",
            "access",
            "address",
            "role",
            "writer",
            "requestedStatus",
            "currentStatus",
            "statusMessage",
            "default",
            "home",
            "constituents");

    /** Likewise. */
    private static final List<String> TRANSACTION_COLUMNS = List.of(
            "username",
            "transaction_id",
            "query",
            "status",
            "metadata",
            "start_time",
            "elapsed_ms",
            "idle_ms",
            "database",
            "transactionId",
            "connectionId",
            "clientAddress",
            "currentQuery",
            "startTime",
            "elapsedTime");

    private final Subject subject;
    private final ProcedureRegistry procedures;

    public ShowProgram(Subject subject, ProcedureRegistry procedures) {
        this.subject = subject;
        this.procedures = procedures;
    }

    public List<String> columns() {
        return switch (subject) {
            case INDEX_INFO -> IndexRows.INFO_COLUMNS;
            case INDEXES -> IndexRows.COLUMNS;
            case CONSTRAINT_INFO -> ConstraintRows.INFO_COLUMNS;
            case CONSTRAINTS -> ConstraintRows.COLUMNS;
            case STORAGE_INFO -> List.of("storage info", "value");
            case NODE_LABELS_INFO -> List.of("Node Labels");
            case EDGE_TYPES_INFO -> List.of("Edge Types");
            case DATABASES -> DATABASE_COLUMNS;
            case DEFAULT_DATABASE, HOME_DATABASE -> DATABASE_COLUMNS.subList(3, DATABASE_COLUMNS.size());
            case CURRENT_DATABASE -> List.of("Current");
            case TRANSACTIONS -> TRANSACTION_COLUMNS;
            case FUNCTIONS -> List.of("name", "category", "signature", "description");
            case PROCEDURES -> List.of("name", "mode", "signature", "description", "worksOnSystem");
        };
    }

    public RunningQuery start(GraphTransaction graph, QueryEnvironment environment) {
        return TableRun.ofRows(columns(), rows(graph, environment.instance()));
    }

    /** One value per column. */
    List<Value[]> rows(GraphTransaction graph, InstanceFacts instance) {
        return switch (subject) {
            case INDEX_INFO -> IndexRows.info(graph.indexes());
            case INDEXES -> IndexRows.all(graph.indexes());
            case CONSTRAINT_INFO -> ConstraintRows.info(graph.constraints());
            case CONSTRAINTS -> ConstraintRows.all(graph.constraints());
            case STORAGE_INFO -> storage(graph, instance);
            case NODE_LABELS_INFO -> names(graph, NameKind.LABEL);
            case EDGE_TYPES_INFO -> names(graph, NameKind.RELATIONSHIP_TYPE);
            case DATABASES -> ofMaps(instance.databases());
            case DEFAULT_DATABASE -> ofMaps(only("default", instance.databases()));
            case HOME_DATABASE -> ofMaps(only("home", instance.databases()));
            case CURRENT_DATABASE -> oneRow(Value.of(instance.databaseName()));
            case TRANSACTIONS -> ofMaps(instance.transactions());
            case FUNCTIONS -> functions();
            case PROCEDURES ->
                procedures.signatures().stream().map(ShowProgram::procedure).toList();
        };
    }

    private static List<Value[]> storage(GraphTransaction graph, InstanceFacts instance) {
        long nodes = graph.nodeCount();
        long relationships = graph.relationshipCount();
        double averageDegree = nodes == 0 ? 0 : 2.0 * relationships / nodes;
        List<Value[]> rows = new ArrayList<>();
        rows.add(row("name", Value.of(instance.databaseName())));
        rows.add(row("vertex_count", Value.of(nodes)));
        rows.add(row("edge_count", Value.of(relationships)));
        rows.add(row("average_degree", Value.of(averageDegree)));
        instance.storage().forEach((name, value) -> rows.add(row(name, value)));
        return rows;
    }

    private static Value[] row(String name, Value value) {
        return new Value[] {Value.of(name), value};
    }

    private static List<Value[]> oneRow(Value value) {
        List<Value[]> rows = new ArrayList<>();
        rows.add(new Value[] {value});
        return rows;
    }

    private static List<Value[]> names(GraphTransaction graph, NameKind kind) {
        return graph.namesInUse(kind).stream()
                .map(name -> new Value[] {Value.of(name)})
                .toList();
    }

    private static List<MapValue> only(String key, List<MapValue> databases) {
        return databases.stream().filter(row -> row.get(key).equals(Value.TRUE)).toList();
    }

    private List<Value[]> ofMaps(List<MapValue> maps) {
        return maps.stream()
                .map(map -> columns().stream().map(map::get).toArray(Value[]::new))
                .toList();
    }

    private List<Value[]> functions() {
        return procedures.functions().all().stream()
                .sorted(Comparator.comparing(FunctionSignature::name))
                .map(function -> new Value[] {
                    Value.of(function.name()),
                    Value.of(function.isAggregate() ? "aggregating" : "scalar"),
                    Value.of(function.text()),
                    Value.of(function.description())
                })
                .toList();
    }

    private static Value[] procedure(ProcedureSignature signature) {
        return new Value[] {
            Value.of(signature.name()),
            Value.of(signature.writes() ? "WRITE" : "READ"),
            Value.of(signature.text()),
            Value.of(signature.description()),
            Value.of(true)
        };
    }
}
