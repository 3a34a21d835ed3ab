package skein.cypher.execute;

import skein.cypher.plan.LogicalPlan.CountFromStore;
import skein.cypher.plan.LogicalPlan.Counted;
import skein.graph.Value;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;

/** How many nodes or relationships there are, without looking at them. */
final class CountFromStoreOperator {
    private CountFromStoreOperator() {}

    static Operator of(Operator input, CountFromStore plan) {
        int[] slots = Execution.slotsOf(plan.results());
        return new RowOperator(input, run -> {
            Value count = Value.of(count(plan.counted(), run.transaction));
            for (int slot : slots) {
                run.frame[slot] = count;
            }
        });
    }

    private static long count(Counted counted, GraphReads graph) {
        return switch (counted) {
            case Counted.AllNodes all -> graph.nodeCount();
            case Counted.NodesWithLabel(String label) -> graph.nodeCount(graph.tokenOf(NameKind.LABEL, label));
            case Counted.AllRelationships all -> graph.relationshipCount();
            case Counted.RelationshipsOfTypes types ->
                types.types().stream()
                        .mapToLong(type -> graph.relationshipCount(graph.tokenOf(NameKind.RELATIONSHIP_TYPE, type)))
                        .sum();
        };
    }
}
