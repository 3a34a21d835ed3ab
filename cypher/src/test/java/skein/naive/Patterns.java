package skein.naive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.Length;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.cypher.syntax.Pattern.RelationshipPattern;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;

/** Finds patterns: every node for a node, every relationship for a relationship. Properties are looked at last. */
final class Patterns {
    private final NaiveRun run;

    Patterns(NaiveRun run) {
        this.run = run;
    }

    /** Properties that an entity must have. */
    private record Demand(Value entity, Expression properties) {}

    /** What was found of a pattern so far; a relationship is used once. */
    private record Found(Row row, Set<Long> used, List<Demand> demands) {
        Found with(Row other) {
            return new Found(other, used, demands);
        }

        Found demanding(Value entity, Optional<Expression> properties) {
            if (properties.isEmpty()) {
                return this;
            }
            List<Demand> more = new ArrayList<>(demands);
            more.add(new Demand(entity, properties.get()));
            return new Found(row, used, more);
        }

        Found using(long relationship) {
            Set<Long> more = new HashSet<>(used);
            more.add(relationship);
            return new Found(row, more, demands);
        }
    }

    /** One path, up to a node. */
    private record Walk(Found found, List<Long> nodes, List<Long> relationships) {
        Walk along(Found next, long relationship, long node) {
            return new Walk(next, plus(nodes, node), plus(relationships, relationship));
        }
    }

    private static List<Long> plus(List<Long> ids, long id) {
        List<Long> more = new ArrayList<>(ids);
        more.add(id);
        return more;
    }

    /** The row with what each match of all these paths binds. */
    List<Row> matches(List<PathPattern> paths, Row row) {
        List<Found> all = List.of(new Found(row, Set.of(), List.of()));
        for (PathPattern path : paths) {
            List<Found> next = new ArrayList<>();
            for (Found found : all) {
                next.addAll(path(found, path));
                NaiveRun.bound(next.size());
            }
            all = next;
        }
        List<Row> rows = new ArrayList<>();
        for (Found found : all) {
            if (found.demands.stream().allMatch(demand -> meets(demand, found.row))) {
                rows.add(found.row);
            }
        }
        return rows;
    }

    private boolean meets(Demand demand, Row row) {
        Map<String, Value> has = run.expressions().functions().properties(demand.entity);
        for (Map.Entry<String, Value> wanted :
                run.expressions().entries(Optional.of(demand.properties), row).entrySet()) {
            Value value = has.getOrDefault(wanted.getKey(), Value.NULL);
            if (!Comparisons.equal(value, wanted.getValue()).equals(Value.TRUE)) {
                return false;
            }
        }
        return true;
    }

    private List<Found> path(Found found, PathPattern path) {
        List<Walk> walks = new ArrayList<>();
        for (long id : starts(found, path.start())) {
            Found started = node(found, path.start(), id);
            if (started != null) {
                walks.add(new Walk(started, List.of(id), List.of()));
            }
        }
        for (Hop hop : path.hops()) {
            List<Walk> longer = new ArrayList<>();
            for (Walk walk : walks) {
                longer.addAll(hop(walk, hop));
                NaiveRun.bound(longer.size());
            }
            walks = longer;
        }
        return shortest(walks, path.shortest()).stream()
                .map(walk -> named(walk, path.name()))
                .toList();
    }

    /** Every node, or the one that the name stands for already. */
    private Collection<Long> starts(Found found, NodePattern pattern) {
        return pattern.variable()
                .filter(variable -> found.row.has(variable.name()))
                .map(variable -> found.row.get(variable.name()) instanceof NodeReference(long id)
                        ? List.of(id)
                        : List.<Long>of())
                .map(ids -> (Collection<Long>) ids)
                .orElse(run.graph().nodes.keySet());
    }

    private static Found named(Walk walk, Optional<Variable> name) {
        Row row = walk.found.row;
        return name.isEmpty()
                ? walk.found
                : walk.found.with(row.with(name.get().name(), new PathReference(walk.nodes, walk.relationships)));
    }

    /** Of all the walks between two nodes those that are as short as any; for one of them, the first in some order. */
    private List<Walk> shortest(List<Walk> walks, PathSelector selector) {
        if (selector == PathSelector.EVERY) {
            return walks;
        }
        List<Walk> kept = new ArrayList<>();
        Set<List<Long>> ends = new LinkedHashSet<>();
        walks.forEach(walk -> ends.add(List.of(walk.nodes.getFirst(), walk.nodes.getLast())));
        for (List<Long> pair : ends) {
            List<Walk> between = walks.stream()
                    .filter(walk -> pair.equals(List.of(walk.nodes.getFirst(), walk.nodes.getLast())))
                    .toList();
            int least =
                    between.stream().mapToInt(walk -> walk.nodes.size()).min().orElseThrow();
            List<Walk> short0 =
                    between.stream().filter(walk -> walk.nodes.size() == least).toList();
            kept.addAll(
                    selector == PathSelector.SHORTEST
                            ? run.variant().someOrder(short0).subList(0, 1)
                            : short0);
        }
        return kept;
    }

    private @Nullable Found node(Found found, NodePattern pattern, long id) {
        if (!run.graph().node(id).labels().containsAll(pattern.labels())) {
            return null;
        }
        Row row = bound(found.row, pattern.variable(), new NodeReference(id));
        return row == null ? null : found.with(row).demanding(new NodeReference(id), pattern.properties());
    }

    /** The row with this value under this name; null when another value stands there. */
    private static @Nullable Row bound(Row row, Optional<Variable> variable, Value value) {
        if (variable.isEmpty()) {
            return row;
        }
        String name = variable.get().name();
        if (row.has(name)) {
            return row.get(name).equals(value) ? row : null;
        }
        return row.with(name, value);
    }

    private List<Walk> hop(Walk walk, Hop hop) {
        RelationshipPattern pattern = hop.relationship();
        if (pattern.expansion().isPresent()) {
            throw Unjudged.unknown(pattern.expansion());
        }
        List<Walk> arrived = new ArrayList<>();
        if (pattern.length().isEmpty()) {
            for (Walk step : steps(walk, pattern)) {
                Row row = bound(
                        step.found.row, pattern.variable(), new RelationshipReference(step.relationships.getLast()));
                if (row != null) {
                    arrive(arrived, step, step.found.with(row), hop.node());
                }
            }
        } else {
            Length length = pattern.length().get();
            List<Walk> reached = new ArrayList<>();
            walkOn(walk, pattern, length.min().orElse(1), length.max().orElse(Integer.MAX_VALUE), 0, reached);
            for (Walk step : reached) {
                List<Value> walked = step.relationships.stream()
                        .skip(walk.relationships.size())
                        .<Value>map(RelationshipReference::new)
                        .toList();
                Row row = bound(step.found.row, pattern.variable(), Value.of(walked));
                if (row != null) {
                    arrive(arrived, step, step.found.with(row), hop.node());
                }
            }
        }
        return arrived;
    }

    private void arrive(List<Walk> arrived, Walk step, Found found, NodePattern pattern) {
        Found there = node(found, pattern, step.nodes.getLast());
        if (there != null) {
            arrived.add(new Walk(there, step.nodes, step.relationships));
        }
    }

    private void walkOn(Walk walk, RelationshipPattern pattern, int min, int max, int length, List<Walk> reached) {
        if (length >= min && length <= max) {
            reached.add(walk);
            NaiveRun.bound(reached.size());
        }
        if (length < max) {
            for (Walk step : steps(walk, pattern)) {
                walkOn(step, pattern, min, max, length + 1, reached);
            }
        }
    }

    /** One relationship further, each that was not used yet. */
    private List<Walk> steps(Walk walk, RelationshipPattern pattern) {
        long at = walk.nodes.getLast();
        List<Walk> steps = new ArrayList<>();
        run.graph().relationships.forEach((id, r) -> {
            boolean typed = pattern.types().isEmpty() || pattern.types().contains(r.type());
            if (!typed || walk.found.used.contains(id)) {
                return;
            }
            Found next = walk.found.using(id).demanding(new RelationshipReference(id), pattern.properties());
            if (r.start() == at && pattern.arrow() != Arrow.LEFT) {
                steps.add(walk.along(next, id, r.end()));
            } else if (r.end() == at && pattern.arrow() != Arrow.RIGHT) {
                steps.add(walk.along(next, id, r.start()));
            }
        });
        return steps;
    }

    /** What a pattern names. */
    static Set<String> names(List<PathPattern> paths) {
        Set<String> names = new LinkedHashSet<>();
        for (PathPattern path : paths) {
            path.name().ifPresent(name -> names.add(name.name()));
            path.start().variable().ifPresent(name -> names.add(name.name()));
            for (Hop hop : path.hops()) {
                hop.relationship().variable().ifPresent(name -> names.add(name.name()));
                hop.node().variable().ifPresent(name -> names.add(name.name()));
            }
        }
        return names;
    }
}
