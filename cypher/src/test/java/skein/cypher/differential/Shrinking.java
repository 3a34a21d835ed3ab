package skein.cypher.differential;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.graph.Value;
import skein.naive.NaiveGraph;

/** Makes a failing case smaller: clauses, conditions, items and parts of expressions go, then pieces of the graph. */
final class Shrinking {
    private static final int TRIES_MAX = 20_000;

    private final Predicate<Case> fails;
    private int tries;

    private Shrinking(Predicate<Case> fails) {
        this.fails = fails;
    }

    /** The smallest that was found to fail. */
    static Case of(Case failing, Predicate<Case> fails) {
        Shrinking shrinking = new Shrinking(fails);
        Case smallest = failing;
        int before;
        do {
            before = size(smallest);
            smallest = shrinking.queryOf(smallest);
            smallest = shrinking.graphOf(smallest);
        } while (size(smallest) < before);
        return smallest;
    }

    private static int size(Case question) {
        return question.text().length() + GraphText.of(question.graph()).length();
    }

    private boolean fails(Case candidate) {
        try {
            return tries++ < TRIES_MAX && fails.test(candidate);
        } catch (RuntimeException invalid) {
            return false;
        }
    }

    private Case queryOf(Case failing) {
        for (Object smaller : smaller(failing.query())) {
            if (smaller instanceof Query query && fails(failing.with(query))) {
                return queryOf(failing.with(query));
            }
        }
        return failing;
    }

    /** All trees that are one step smaller, the largest steps first. */
    private static List<Object> smaller(Object tree) {
        return switch (tree) {
            case List<?> list -> smallerLists(list);
            case Optional<?> optional -> {
                List<Object> found = new ArrayList<>();
                optional.ifPresent(value -> {
                    found.add(Optional.empty());
                    smaller(value).forEach(each -> found.add(Optional.of(each)));
                });
                yield found;
            }
            case Record branch -> smallerRecords(branch);
            default -> List.of();
        };
    }

    private static List<Object> smallerLists(List<?> list) {
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            List<Object> shorter = new ArrayList<>(list);
            shorter.remove(i);
            found.add(shorter);
        }
        for (int i = 0; i < list.size(); i++) {
            for (Object smaller : smaller(list.get(i))) {
                List<Object> other = new ArrayList<>(list);
                other.set(i, smaller);
                found.add(other);
            }
        }
        return found;
    }

    private static List<Object> smallerRecords(Record tree) {
        List<Object> found = new ArrayList<>();
        if (tree instanceof Query.Union union) {
            found.addAll(union.branches());
        }
        if (tree instanceof Expression expression) {
            found.addAll(simpler(expression));
        }
        RecordComponent[] components = tree.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object part = part(tree, components[i]);
            if (part instanceof Boolean flag && flag) {
                copy(tree, i, false).ifPresent(found::add);
            }
            for (Object smaller : smaller(part)) {
                copy(tree, i, smaller).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Parts of an expression in its place, and the plainest of all. */
    private static List<Expression> simpler(Expression expression) {
        boolean plain = expression instanceof Expression.IntegerLiteral
                || expression instanceof Expression.NullLiteral
                || expression instanceof Expression.BooleanLiteral;
        if (plain) {
            return List.of();
        }
        List<Expression> found = new ArrayList<>(List.of(Trees.nothing(), Trees.integer(1), Trees.bool(true)));
        for (RecordComponent component : expression.getClass().getRecordComponents()) {
            Object part = part((Record) expression, component);
            switch (part) {
                case Expression inner -> found.add(inner);
                case Optional<?> optional -> optional.ifPresent(inner -> add(found, inner));
                case List<?> list -> list.forEach(inner -> add(found, inner));
                default -> {}
            }
        }
        return found;
    }

    private static void add(List<Expression> found, Object part) {
        if (part instanceof Expression expression) {
            found.add(expression);
        }
    }

    private static Object part(Record tree, RecordComponent component) {
        try {
            return component.getAccessor().invoke(tree);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The record with another component, unless that is of the wrong kind. */
    private static Optional<Object> copy(Record tree, int index, Object part) {
        try {
            RecordComponent[] components = tree.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] parts = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                parts[i] = i == index ? part : part(tree, components[i]);
            }
            return Optional.of(tree.getClass().getDeclaredConstructor(types).newInstance(parts));
        } catch (ReflectiveOperationException | IllegalArgumentException wrongKind) {
            return Optional.empty();
        }
    }

    private Case graphOf(Case failing) {
        for (NaiveGraph smaller : smaller(failing.graph())) {
            if (fails(failing.with(smaller))) {
                return graphOf(failing.with(smaller));
            }
        }
        return failing;
    }

    private static List<NaiveGraph> smaller(NaiveGraph graph) {
        List<NaiveGraph> found = new ArrayList<>();
        graph.nodes().keySet().forEach(id -> found.add(copy(graph, id, -1, "")));
        graph.relationships().keySet().forEach(id -> found.add(copy(graph, -1, id, "")));
        graph.nodes()
                .forEach((id, node) ->
                        node.properties().keySet().forEach(key -> found.add(copy(graph, -1, -1, "n" + id + key))));
        graph.relationships()
                .forEach((id, r) ->
                        r.properties().keySet().forEach(key -> found.add(copy(graph, -1, -1, "r" + id + key))));
        graph.nodes()
                .forEach((id, node) ->
                        node.labels().forEach(label -> found.add(copy(graph, -1, -1, "l" + id + label))));
        return found;
    }

    /** @param without one label or property, by the kind of its owner, the owner's id and its name */
    private static NaiveGraph copy(NaiveGraph graph, long node, long relationship, String without) {
        NaiveGraph copy = new NaiveGraph();
        graph.nodes().forEach((id, each) -> {
            if (id != node) {
                Set<String> labels = new java.util.TreeSet<>(each.labels());
                labels.removeIf(label -> without.equals("l" + id + label));
                copy.addNode(id, labels, less(each.properties(), "n" + id, without));
            }
        });
        graph.relationships().forEach((id, r) -> {
            if (id != relationship && r.start() != node && r.end() != node) {
                copy.addRelationship(id, r.type(), r.start(), r.end(), less(r.properties(), "r" + id, without));
            }
        });
        return copy;
    }

    private static Map<String, Value> less(Map<String, Value> properties, String owner, String without) {
        Map<String, Value> fewer = new TreeMap<>(properties);
        fewer.keySet().removeIf(key -> without.equals(owner + key));
        return fewer;
    }
}
