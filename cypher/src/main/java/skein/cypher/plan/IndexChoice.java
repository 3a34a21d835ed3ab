package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skein.cypher.plan.IndexCondition.Limit;
import skein.cypher.plan.Probe.Form;
import skein.storage.api.IndexStatistics;

/**
 * How one index can find an entity.
 *
 * @param conditions one for each key of the index
 * @param answered predicates that hold for everything found
 * @param entities about how many it finds
 */
record IndexChoice(List<IndexCondition> conditions, List<Predicate> answered, double entities) {
    /** Empty unless something is asked of every key: what lacks one is not in the index. */
    static Optional<IndexChoice> of(List<String> keys, List<Probe> probes, IndexStatistics statistics) {
        List<IndexCondition> conditions = new ArrayList<>();
        List<Predicate> answered = new ArrayList<>();
        boolean listTaken = false;
        for (String key : keys) {
            List<Probe> ofKey = probes.stream().filter(probe -> probe.isOn(key)).toList();
            if (ofKey.isEmpty()) {
                return Optional.empty();
            }
            IndexCondition condition = condition(key, ofKey, listTaken, answered);
            listTaken |= condition instanceof IndexCondition.OneOf;
            conditions.add(condition);
        }
        return Optional.of(new IndexChoice(conditions, answered, entities(conditions, statistics)));
    }

    /** As {@link #of}, for an index of points. */
    static Optional<IndexChoice> ofPoints(
            String key, String node, List<Predicate> predicates, Set<String> bound, IndexStatistics statistics) {
        return predicates.stream()
                .flatMap(predicate -> PointProbe.of(predicate, key, node, bound).stream())
                .findFirst()
                .map(condition -> new IndexChoice(
                        List.of(condition), List.of(), 1 + (double) statistics.entries() * Selectivity.RANGE));
    }

    /** The properties that finding depends on. */
    Footprint reads() {
        return conditions.stream()
                .map(condition -> Footprint.ofProperties(NameSet.of(condition.key())))
                .reduce(Footprint.NONE, Footprint::and);
    }

    private static IndexCondition condition(
            String key, List<Probe> probes, boolean listTaken, List<Predicate> answered) {
        Optional<Probe> equal = first(probes, Form.EQUAL);
        if (equal.isPresent()) {
            answered.add(equal.get().predicate());
            return new IndexCondition.Equal(key, equal.get().value());
        }
        Optional<Probe> list = first(probes, Form.ONE_OF);
        if (list.isPresent() && !listTaken) {
            answered.add(list.get().predicate());
            return new IndexCondition.OneOf(key, list.get().value());
        }
        Optional<Probe> prefix = first(probes, Form.STARTS_WITH);
        if (prefix.isPresent()) {
            answered.add(prefix.get().predicate());
            return new IndexCondition.StartsWith(key, prefix.get().value());
        }
        Optional<Probe> lower = first(probes, Form.ABOVE).or(() -> first(probes, Form.FROM));
        Optional<Probe> upper = first(probes, Form.BELOW).or(() -> first(probes, Form.UP_TO));
        if (lower.isPresent() || upper.isPresent()) {
            lower.ifPresent(probe -> answered.add(probe.predicate()));
            upper.ifPresent(probe -> answered.add(probe.predicate()));
            return new IndexCondition.Between(
                    key,
                    lower.map(probe -> new Limit(probe.value(), probe.form() == Form.FROM)),
                    upper.map(probe -> new Limit(probe.value(), probe.form() == Form.UP_TO)));
        }
        first(probes, Form.PRESENT).ifPresent(probe -> answered.add(probe.predicate()));
        return new IndexCondition.Present(key);
    }

    private static Optional<Probe> first(List<Probe> probes, Form form) {
        return probes.stream().filter(probe -> probe.form() == form).findFirst();
    }

    /** Only equalities on the first keys, and one condition after them, narrow. */
    static double entities(List<IndexCondition> conditions, IndexStatistics statistics) {
        double equal = 0;
        double lists = 1;
        double share = 1;
        for (IndexCondition condition : conditions) {
            boolean one = condition instanceof IndexCondition.Equal || condition instanceof IndexCondition.OneOf;
            lists *= condition instanceof IndexCondition.OneOf list ? Selectivity.elements(list.list()) : 1;
            if (!one) {
                share = share(condition);
                break;
            }
            equal++;
        }
        double groups = Math.pow((double) Math.max(1, statistics.distinct()), equal / conditions.size());
        return Math.max(1, (double) statistics.entries() / groups * share) * lists;
    }

    private static double share(IndexCondition condition) {
        return switch (condition) {
            case IndexCondition.Between range ->
                range.lower().isPresent() && range.upper().isPresent() ? Selectivity.RANGE : Selectivity.HALF_RANGE;
            case IndexCondition.StartsWith start -> Selectivity.TEXT;
            case IndexCondition.InBox box -> Selectivity.RANGE;
            case IndexCondition.Near near -> Selectivity.RANGE;
            case IndexCondition.Present present -> 1;
            case IndexCondition.Equal equal -> 1;
            case IndexCondition.OneOf list -> 1;
        };
    }
}
