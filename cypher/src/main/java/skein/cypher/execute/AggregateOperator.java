package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.aggregate.Aggregation;
import skein.cypher.expression.aggregate.Aggregator;
import skein.cypher.expression.value.EquivalenceKey;
import skein.cypher.expression.value.ValueIndex;
import skein.graph.Value;

/** Groups all rows by the values of the keys; one row per group. Without keys there is one group, even for no rows. */
final class AggregateOperator implements Operator {
    private final Operator input;
    private final Evaluator[] keys;
    private final int[] keySlots;
    private final List<Aggregation> aggregations;
    private final int[] aggregateSlots;

    AggregateOperator(
            Operator input,
            List<Evaluator> keys,
            int[] keySlots,
            List<Aggregation> aggregations,
            int[] aggregateSlots) {
        this.input = input;
        this.keys = keys.toArray(Evaluator[]::new);
        this.keySlots = keySlots;
        this.aggregations = List.copyOf(aggregations);
        this.aggregateSlots = aggregateSlots;
    }

    @Override
    public Cursor open(Execution run) {
        return new Groups(run);
    }

    private record Group(Value[] keys, Aggregator[] aggregators) {}

    private final class Groups extends Pipe {
        private @Nullable Iterator<Group> groups;

        Groups(Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            if (groups == null) {
                groups = switch (keys.length) {
                    case 0 -> List.of(whole()).iterator();
                    case 1 -> groupedByOne().iterator();
                    default -> grouped().iterator();
                };
            }
            if (!groups.hasNext()) {
                return false;
            }
            Group group = groups.next();
            run.restore(keySlots, group.keys);
            for (int i = 0; i < aggregateSlots.length; i++) {
                run.frame[aggregateSlots[i]] = group.aggregators[i].result();
            }
            return true;
        }

        private Group whole() {
            Group group = newGroup(new Value[0]);
            while (below.next()) {
                add(group);
            }
            return group;
        }

        private List<Group> groupedByOne() {
            List<Group> all = new ArrayList<>();
            ValueIndex index = new ValueIndex();
            while (below.next()) {
                Value key = run.evaluate(keys[0]);
                int number = index.add(key);
                if (number == all.size()) {
                    all.add(newGroup(new Value[] {key}));
                }
                add(all.get(number));
            }
            return all;
        }

        private List<Group> grouped() {
            Map<EquivalenceKey, Group> all = new LinkedHashMap<>();
            while (below.next()) {
                Value[] values = new Value[keys.length];
                for (int i = 0; i < keys.length; i++) {
                    values[i] = run.evaluate(keys[i]);
                }
                add(all.computeIfAbsent(EquivalenceKey.of(values), _ -> newGroup(values)));
            }
            return new ArrayList<>(all.values());
        }

        private Group newGroup(Value[] values) {
            run.reserveValues(2L * values.length + 2L * aggregations.size() + 2);
            return new Group(
                    values,
                    aggregations.stream().map(Aggregation::newAggregator).toArray(Aggregator[]::new));
        }

        private void add(Group group) {
            run.checkTermination();
            for (Aggregator aggregator : group.aggregators) {
                aggregator.add(run.frame, run);
            }
        }

        @Override
        public void reset() {
            super.reset();
            groups = null;
        }
    }
}
