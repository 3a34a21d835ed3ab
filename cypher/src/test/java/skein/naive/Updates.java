package skein.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.RemoveItem;
import skein.cypher.syntax.Clause.SetItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.RelationshipPattern;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;

/** Clauses that change the graph, for one row. */
final class Updates {
    private final NaiveRun run;

    Updates(NaiveRun run) {
        this.run = run;
    }

    private NaiveGraph graph() {
        return run.graph();
    }

    Row create(List<PathPattern> paths, Row row) {
        Row bound = row;
        for (PathPattern path : paths) {
            bound = create(path, bound);
        }
        return bound;
    }

    /** Nodes first, as a relationship needs both of its ends. */
    private Row create(PathPattern path, Row row) {
        List<NodePattern> patterns = new ArrayList<>(List.of(path.start()));
        path.hops().forEach(hop -> patterns.add(hop.node()));
        Row bound = row;
        List<Long> nodes = new ArrayList<>();
        for (NodePattern pattern : patterns) {
            Optional<String> name = pattern.variable().map(Expression.Variable::name);
            if (name.isPresent() && bound.has(name.get())) {
                nodes.add(Functions.node(bound.get(name.get())));
                continue;
            }
            long id = graph().createNode();
            graph().node(id).labels().addAll(pattern.labels());
            put(graph().node(id).properties(), run.expressions().entries(pattern.properties(), bound));
            nodes.add(id);
            bound = name.isPresent() ? bound.with(name.get(), new NodeReference(id)) : bound;
        }
        List<Long> relationships = new ArrayList<>();
        for (int i = 0; i < path.hops().size(); i++) {
            RelationshipPattern pattern = path.hops().get(i).relationship();
            long id = create(pattern, nodes.get(i), nodes.get(i + 1), bound);
            relationships.add(id);
            bound = pattern.variable().isPresent()
                    ? bound.with(pattern.variable().get().name(), new RelationshipReference(id))
                    : bound;
        }
        return path.name().isPresent()
                ? bound.with(path.name().get().name(), new PathReference(nodes, relationships))
                : bound;
    }

    private long create(RelationshipPattern pattern, long left, long right, Row row) {
        boolean reversed = pattern.arrow() == Arrow.LEFT;
        long id = graph().createRelationship(
                        pattern.types().getFirst(), reversed ? right : left, reversed ? left : right);
        put(graph().relationship(id).properties(), run.expressions().entries(pattern.properties(), row));
        return id;
    }

    private static void put(Map<String, Value> properties, Map<String, Value> entries) {
        entries.forEach((key, value) -> put(properties, key, value));
    }

    private static void put(Map<String, Value> properties, String key, Value value) {
        if (value.isNull()) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }
    }

    List<Row> merge(Clause.Merge merge, Row row) {
        refuseNull(merge.path(), row);
        List<Row> found = run.variant().someOrder(run.patterns().matches(List.of(merge.path()), row));
        List<SetItem> then = found.isEmpty() ? merge.onCreate() : merge.onMatch();
        List<Row> rows = found.isEmpty() ? List.of(create(List.of(merge.path()), row)) : found;
        rows.forEach(each -> set(then, each));
        return rows;
    }

    private void refuseNull(PathPattern path, Row row) {
        List<Optional<Expression>> properties =
                new ArrayList<>(List.of(path.start().properties()));
        for (Hop hop : path.hops()) {
            properties.add(hop.relationship().properties());
            properties.add(hop.node().properties());
        }
        for (Optional<Expression> map : properties) {
            if (run.expressions().entries(map, row).containsValue(Value.NULL)) {
                throw new NaiveFailure("SemanticError", "null in MERGE");
            }
        }
    }

    void set(List<SetItem> items, Row row) {
        for (SetItem item : items) {
            switch (item) {
                case SetItem.ToProperty(Expression.PropertyAccess target, Expression value) -> {
                    Value entity = run.expressions().of(target.subject(), row);
                    Value stored = run.expressions().of(value, row);
                    if (!entity.isNull()) {
                        put(propertiesOf(entity), target.key(), stored);
                    }
                }
                case SetItem.Replace(Expression.Variable target, Expression value) ->
                    assign(row.get(target.name()), value, true, row);
                case SetItem.Merge(Expression.Variable target, Expression value) ->
                    assign(row.get(target.name()), value, false, row);
                case SetItem.Labels(Expression.Variable target, List<String> labels) -> {
                    if (row.get(target.name()) instanceof NodeReference(long id)) {
                        graph().node(id).labels().addAll(labels);
                    }
                }
            }
        }
    }

    private Map<String, Value> propertiesOf(Value entity) {
        return switch (entity) {
            case NodeReference(long id) -> graph().node(id).properties();
            case RelationshipReference(long id) -> graph().relationship(id).properties();
            default -> throw NaiveFailure.type("no properties can be set on " + entity);
        };
    }

    private void assign(Value entity, Expression value, boolean replaces, Row row) {
        if (entity.isNull()) {
            return;
        }
        Map<String, Value> entries = new TreeMap<>(
                run.expressions().functions().properties(run.expressions().of(value, row)));
        Map<String, Value> properties = propertiesOf(entity);
        if (replaces) {
            properties.clear();
        }
        put(properties, entries);
    }

    void remove(List<RemoveItem> items, Row row) {
        for (RemoveItem item : items) {
            switch (item) {
                case RemoveItem.Property(Expression.PropertyAccess target) -> {
                    Value entity = run.expressions().of(target.subject(), row);
                    if (!entity.isNull()) {
                        propertiesOf(entity).remove(target.key());
                    }
                }
                case RemoveItem.Labels(Expression.Variable target, List<String> labels) -> {
                    if (row.get(target.name()) instanceof NodeReference(long id)) {
                        labels.forEach(label -> graph().node(id).labels().remove(label));
                    }
                }
            }
        }
    }

    void delete(Value target, boolean detach) {
        switch (target) {
            case Value.NullValue ignored -> {}
            case RelationshipReference(long id) -> graph().deleteRelationship(id);
            case NodeReference(long id) -> {
                if (detach) {
                    graph().relationshipsOf(id).forEach(graph()::deleteRelationship);
                }
                graph().deleteNode(id);
            }
            case PathReference(List<Long> nodes, List<Long> relationships) -> {
                relationships.forEach(graph()::deleteRelationship);
                nodes.forEach(id -> delete(new NodeReference(id), detach));
            }
            case ListValue list -> throw Unjudged.unknown("deletion of " + list);
            default -> throw NaiveFailure.type(target + " cannot be deleted");
        }
    }
}
