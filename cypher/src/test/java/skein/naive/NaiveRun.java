package skein.naive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Query.UnionKind;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathReference;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;
import skein.naive.Projections.Table;

/** One query on one graph: clause by clause, each for all rows before the next begins. */
public final class NaiveRun {
    /** Rows of one clause, matches of one pattern, elements of one list. */
    static final int ROWS_MAX = 5_000;

    private final NaiveGraph graph;
    private final Map<String, Value> parameters;
    private final Variant variant;
    private final Expressions expressions;
    private final Patterns patterns = new Patterns(this);
    private final Updates updates = new Updates(this);
    private final Projections projections = new Projections(this);

    private NaiveRun(NaiveGraph graph, Map<String, Value> parameters, Variant variant) {
        this.graph = graph;
        this.parameters = parameters;
        this.variant = variant;
        this.expressions = new Expressions(this);
    }

    /** The answer to a query; the graph itself stays as it is. {@link Unjudged} when there is none. */
    public static NaiveAnswer of(Query query, NaiveGraph graph, Map<String, Value> parameters, Variant variant) {
        NaiveRun run = new NaiveRun(graph.copy(), parameters, variant);
        try {
            Table table = run.query(query, Row.EMPTY, Row.EMPTY, false);
            run.refuseLooseEnds();
            List<List<Value>> rows = new ArrayList<>();
            for (Row row : returns(query) ? table.rows() : List.<Row>of()) {
                rows.add(table.columns().stream()
                        .map(column -> run.whole(row.get(column)))
                        .toList());
            }
            return new NaiveAnswer.Rows(table.columns(), rows, table.ties(), run.graph.content());
        } catch (NaiveFailure failure) {
            return new NaiveAnswer.Failed(failure.kind(), String.valueOf(failure.getMessage()));
        }
    }

    /** What the graph is after a query that creates. */
    public static NaiveGraph graphAfter(Query query, NaiveGraph graph) {
        NaiveRun run = new NaiveRun(graph.copy(), Map.of(), Variant.of(0));
        run.query(query, Row.EMPTY, Row.EMPTY, false);
        return run.graph;
    }

    NaiveGraph graph() {
        return graph;
    }

    Variant variant() {
        return variant;
    }

    Expressions expressions() {
        return expressions;
    }

    Patterns patterns() {
        return patterns;
    }

    Value parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).orElseThrow(() -> Unjudged.unknown("$" + name));
    }

    static void bound(int rows) {
        if (rows > ROWS_MAX) {
            throw Unjudged.tooLarge();
        }
    }

    private void refuseLooseEnds() {
        for (NaiveGraph.Relationship r : graph.relationships.values()) {
            if (!graph.nodes.containsKey(r.start()) || !graph.nodes.containsKey(r.end())) {
                throw new NaiveFailure("ConstraintValidationFailed", "a deleted node has relationships");
            }
        }
    }

    /** Rows of a subquery that sees everything around it. */
    List<Row> inside(Query query, Row around) {
        return query(query, around, around, false).rows();
    }

    /** The one column of a subquery that sees everything around it; in any order unless there is ORDER BY. */
    Value collected(Query query, Row around) {
        Table table = query(query, around, around, false);
        String column = table.columns().getFirst();
        List<Value> values = table.rows().stream().map(row -> row.get(column)).toList();
        boolean ordered = query instanceof Query.Single single
                && single.clauses().getLast() instanceof Clause.Return last
                && !last.projection().orderBy().isEmpty();
        return Value.of(ordered ? values : variant.someOrder(values));
    }

    /**
     * @param around what stays visible behind every WITH
     * @param importing only a WITH at the beginning sees the row that the query starts with
     */
    private Table query(Query query, Row start, Row around, boolean importing) {
        return switch (query) {
            case Query.Single single -> single(single, start, around, importing);
            case Query.Union union -> union(union, start, around, importing);
        };
    }

    private Table union(Query.Union union, Row start, Row around, boolean importing) {
        List<Row> rows = new ArrayList<>();
        List<String> columns = List.of();
        for (Query.Single branch : union.branches()) {
            Table table = single(branch, start, around, importing);
            rows.addAll(table.rows());
            columns = table.columns().isEmpty() ? columns : table.columns();
        }
        if (union.kinds().contains(UnionKind.DISTINCT)) {
            Map<Object, Row> byKey = new LinkedHashMap<>();
            for (Row row : rows) {
                Map<String, Object> key = new LinkedHashMap<>();
                columns.forEach(column -> key.put(column, Comparisons.key(row.get(column))));
                byKey.putIfAbsent(key, row);
            }
            rows = new ArrayList<>(byKey.values());
        }
        return new Table(columns, rows, rows.stream().map(row -> 0).toList());
    }

    private Table single(Query.Single single, Row start, Row around, boolean importing) {
        boolean blind = importing && !(single.clauses().getFirst() instanceof Clause.With);
        List<Row> rows = List.of(blind ? Row.EMPTY : start);
        for (Clause clause : single.clauses()) {
            if (clause instanceof Clause.Return last) {
                return projections.of(last.projection(), Optional.empty(), rows);
            }
            rows = variant.someOrder(clause(clause, rows, around));
            bound(rows.size());
        }
        return new Table(List.of(), rows, rows.stream().map(row -> 0).toList());
    }

    private List<Row> clause(Clause clause, List<Row> rows, Row around) {
        List<Row> next = new ArrayList<>();
        switch (clause) {
            case Clause.With with -> {
                for (Row row :
                        projections.of(with.projection(), with.where(), rows).rows()) {
                    next.add(around.withAll(row.values()));
                }
            }
            case Clause.Delete delete -> {
                for (Row row : rows) {
                    List<Value> targets = delete.targets().stream()
                            .map(target -> expressions.of(target, row))
                            .toList();
                    targets.forEach(target -> updates.delete(target, delete.detach()));
                    next.add(row);
                }
            }
            default -> {
                for (Row row : rows) {
                    next.addAll(forRow(clause, row));
                    bound(next.size());
                }
            }
        }
        return next;
    }

    private List<Row> forRow(Clause clause, Row row) {
        switch (clause) {
            case Clause.Match match -> {
                return match(match, row);
            }
            case Clause.Unwind unwind -> {
                return unwound(expressions.of(unwind.list(), row)).stream()
                        .map(value -> row.with(unwind.variable().name(), value))
                        .toList();
            }
            case Clause.CallSubquery call -> {
                return call(call, row);
            }
            case Clause.Create create -> {
                return List.of(updates.create(create.pattern().paths(), row));
            }
            case Clause.Merge merge -> {
                return updates.merge(merge, row);
            }
            case Clause.Set set -> updates.set(set.items(), row);
            case Clause.Remove remove -> updates.remove(remove.items(), row);
            case Clause.Foreach foreach -> foreach(foreach, row);
            default -> throw Unjudged.unknown(clause);
        }
        return List.of(row);
    }

    private static List<Value> unwound(Value value) {
        return switch (value) {
            case Value.NullValue ignored -> List.of();
            case ListValue list -> list.values();
            default -> List.of(value);
        };
    }

    private void foreach(Clause.Foreach foreach, Row row) {
        Value list = expressions.of(foreach.list(), row);
        for (Value value : list.isNull() ? List.<Value>of() : Functions.list(list)) {
            List<Row> rows = List.of(row.with(foreach.variable().name(), value));
            for (Clause update : foreach.updates()) {
                rows = clause(update, rows, Row.EMPTY);
            }
        }
    }

    private List<Row> match(Clause.Match match, Row row) {
        List<Row> rows = new ArrayList<>();
        for (Row found : patterns.matches(match.pattern().paths(), row)) {
            if (match.where().isEmpty() || expressions.holds(match.where().get(), found)) {
                rows.add(found);
            }
        }
        if (rows.isEmpty() && match.optional()) {
            Map<String, Value> nulls = new LinkedHashMap<>();
            Patterns.names(match.pattern().paths()).stream()
                    .filter(name -> !row.has(name))
                    .forEach(name -> nulls.put(name, Value.NULL));
            rows.add(row.withAll(nulls));
        }
        return rows;
    }

    private List<Row> call(Clause.CallSubquery call, Row row) {
        if (call.inTransactions()) {
            throw Unjudged.unknown("IN TRANSACTIONS");
        }
        boolean imports = call.importAll() || call.imports().isPresent();
        Set<String> names = new LinkedHashSet<>(
                call.imports().orElse(List.of()).stream().map(Variable::name).collect(Collectors.toSet()));
        Row seen = call.importAll() || !imports ? row : row.only(names);
        Table table = query(call.query(), seen, imports ? seen : Row.EMPTY, !imports);
        if (!returns(call.query())) {
            return List.of(row);
        }
        List<Row> rows = new ArrayList<>();
        for (Row inner : table.rows()) {
            Map<String, Value> values = new LinkedHashMap<>();
            table.columns().forEach(column -> values.put(column, inner.get(column)));
            rows.add(row.withAll(values));
        }
        return rows;
    }

    private static boolean returns(Query query) {
        return switch (query) {
            case Query.Single single -> single.clauses().getLast() instanceof Clause.Return;
            case Query.Union union -> returns(union.branches().getFirst());
        };
    }

    /** A value as a client gets it. */
    private Value whole(Value value) {
        return switch (value) {
            case NodeReference(long id) -> node(id);
            case RelationshipReference(long id) -> relationship(id);
            case PathReference(List<Long> nodes, List<Long> relationships) ->
                new PathValue(
                        nodes.stream().map(this::node).toList(),
                        relationships.stream().map(this::relationship).toList());
            case ListValue list ->
                Value.of(list.values().stream().map(this::whole).toList());
            case MapValue map -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                map.entries().forEach((key, entry) -> entries.put(key, whole(entry)));
                yield new MapValue(entries);
            }
            default -> value;
        };
    }

    private NodeValue node(long id) {
        if (!graph.nodes.containsKey(id)) {
            throw Unjudged.unknown("a deleted node in a result");
        }
        NaiveGraph.Node node = graph.node(id);
        return new NodeValue(id, List.copyOf(node.labels()), new MapValue(node.properties()));
    }

    private RelationshipValue relationship(long id) {
        if (!graph.relationships.containsKey(id)) {
            throw Unjudged.unknown("a deleted relationship in a result");
        }
        NaiveGraph.Relationship r = graph.relationship(id);
        return new RelationshipValue(id, r.start(), r.end(), r.type(), new MapValue(r.properties()));
    }
}
