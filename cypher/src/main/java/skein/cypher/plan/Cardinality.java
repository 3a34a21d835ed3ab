package skein.cypher.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/**
 * How many rows things have: every guess of the planner about sizes is made here, from the facts where there are facts.
 * {@link Selectivity} says which part of the rows a condition keeps, {@link Costs} what it takes to make them.
 */
final class Cardinality {
    /** Longer walks than this are not told apart. */
    private static final int WALK_LENGTH_MAX = 12;

    private static final double ROWS_MAX = 1e15;

    private final PlanFacts facts;

    Cardinality(PlanFacts facts) {
        this.facts = facts;
    }

    PlanFacts facts() {
        return facts;
    }

    /**
     * What is known of an entity where a condition is tested.
     *
     * @param kind what it is: NODE or RELATIONSHIP
     * @param labels it has them for certain; for a relationship its type, when it is one
     * @param arrival how a node was reached
     */
    record Known(IndexKind kind, Set<String> labels, Optional<Arrival> arrival) {
        static final Known NOTHING = new Known(IndexKind.NODE, Set.of(), Optional.empty());

        static Known of(Collection<String> labels) {
            return new Known(IndexKind.NODE, Set.copyOf(labels), Optional.empty());
        }

        static Known relationship(List<String> types) {
            return new Known(
                    IndexKind.RELATIONSHIP, types.size() == 1 ? Set.copyOf(types) : Set.of(), Optional.empty());
        }

        Known and(Collection<String> more) {
            Set<String> all = new HashSet<>(labels);
            all.addAll(more);
            return new Known(kind, Set.copyOf(all), arrival);
        }
    }

    /** At which end of relationships a node stands. */
    record Arrival(List<String> types, Direction end) {
        Arrival {
            types = List.copyOf(types);
        }
    }

    /** What is known of each name. */
    interface Knowledge extends Function<String, Known> {}

    double nodes() {
        return facts.nodeCount();
    }

    double nodes(String label) {
        return facts.nodeCount(label);
    }

    /** Nodes that have all the labels; rarer labels are taken to be kinds of the more frequent ones. */
    double nodes(Set<String> labels) {
        return labels.stream().mapToDouble(facts::nodeCount).min().orElseGet(facts::nodeCount);
    }

    double relationships(List<String> types) {
        return types.isEmpty()
                ? facts.relationshipCount()
                : types.stream()
                        .distinct()
                        .mapToDouble(facts::relationshipCount)
                        .sum();
    }

    /** Labels that a node has about certainly, as it stands at an end of relationships of these types. */
    Set<String> labelsAt(List<String> types, Direction end) {
        Set<String> common = new TreeSet<>();
        for (int i = 0; i < types.size(); i++) {
            Set<String> here = switch (end) {
                case OUTGOING, INCOMING -> facts.endLabels(types.get(i), end);
                case BOTH -> {
                    Set<String> both = new TreeSet<>(facts.endLabels(types.get(i), Direction.OUTGOING));
                    both.retainAll(facts.endLabels(types.get(i), Direction.INCOMING));
                    yield both;
                }
            };
            if (i == 0) {
                common.addAll(here);
            } else {
                common.retainAll(here);
            }
        }
        return common;
    }

    /**
     * Relationships that a node with the labels has on average; at least a little, as the plan is for other days too.
     */
    double degree(List<String> types, Direction direction, Set<String> labels) {
        return switch (direction) {
            case BOTH ->
                degreeOneWay(types, Direction.OUTGOING, labels) + degreeOneWay(types, Direction.INCOMING, labels);
            case OUTGOING -> degreeOneWay(types, direction, labels);
            case INCOMING -> degreeOneWay(types, direction, labels);
        };
    }

    private double degreeOneWay(List<String> types, Direction end, Set<String> labels) {
        Optional<String> label = rarest(labels);
        if (label.isEmpty() || types.isEmpty()) {
            return relationships(types) / atLeastOne(nodes());
        }
        double sum = 0;
        for (String type : types) {
            sum += facts.relationshipCount(type) * facts.endShare(type, label.get(), end);
        }
        return sum / atLeastOne(nodes(label.get()));
    }

    Optional<String> rarest(Set<String> labels) {
        return labels.stream().min((a, b) -> {
            int byCount = Long.compare(facts.nodeCount(a), facts.nodeCount(b));
            return byCount != 0 ? byCount : a.compareTo(b);
        });
    }

    /** The part of nodes that have a label too. */
    double share(String label, Known known) {
        if (known.labels().contains(label)) {
            return 1;
        }
        if (known.arrival().isPresent() && !known.arrival().get().types().isEmpty()) {
            return arrivalShare(label, known.arrival().get());
        }
        return Math.min(1, nodes(label) / atLeastOne(nodes(known.labels())));
    }

    private double arrivalShare(String label, Arrival arrival) {
        double all = 0;
        double having = 0;
        for (String type : arrival.types()) {
            double count = Math.max(1, facts.relationshipCount(type));
            all += count;
            having += count
                    * switch (arrival.end()) {
                        case BOTH ->
                            (facts.endShare(type, label, Direction.OUTGOING)
                                            + facts.endShare(type, label, Direction.INCOMING))
                                    / 2;
                        case OUTGOING -> facts.endShare(type, label, Direction.OUTGOING);
                        case INCOMING -> facts.endShare(type, label, Direction.INCOMING);
                    };
        }
        return having / all;
    }

    /**
     * How many walks of a length between the bounds begin at a node. Behind the first relationship a walk is at a node
     * like the first with the probability that the type leads to such nodes, else at any node.
     */
    double walks(List<String> types, Direction direction, Set<String> labels, int min, int max) {
        double first = degree(types, direction, labels);
        double next = max > 1 ? degreeAfter(types, direction, labels, first) : 0;
        double sum = min == 0 ? 1 : 0;
        double ofLength = first;
        for (int length = 1; length <= Math.min(max, Math.max(min, WALK_LENGTH_MAX)); length++) {
            sum += length >= min ? ofLength : 0;
            ofLength = bounded(ofLength * next);
        }
        return bounded(sum);
    }

    private double degreeAfter(List<String> types, Direction direction, Set<String> labels, double degree) {
        Optional<String> label = rarest(labels);
        if (label.isEmpty() || types.isEmpty() || degree == 0) {
            return degree;
        }
        double again = switch (direction) {
            case OUTGOING, INCOMING -> arrivalShare(label.get(), new Arrival(types, direction.reversed()));
            case BOTH -> {
                double out = degreeOneWay(types, Direction.OUTGOING, labels);
                yield (out * arrivalShare(label.get(), new Arrival(types, Direction.INCOMING))
                                + (degree - out) * arrivalShare(label.get(), new Arrival(types, Direction.OUTGOING)))
                        / degree;
            }
        };
        return again * degree + (1 - again) * degree(types, direction, Set.of());
    }

    /** The statistics of the index on one key of one of these labels, with the most entries. */
    Optional<IndexStatistics> statistics(Known entity, String key) {
        IndexKind kind = entity.kind();
        return entity.labels().stream()
                .filter(label -> facts.indexes(kind, label).contains(List.of(key)))
                .map(label -> facts.statistics(kind, label, List.of(key)))
                .max(Comparator.comparingLong(IndexStatistics::entries));
    }

    static double atLeastOne(double number) {
        return Math.max(1, number);
    }

    static double bounded(double rows) {
        return Math.min(rows, ROWS_MAX);
    }
}
