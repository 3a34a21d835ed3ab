package skein.cypher.execute;

import java.util.List;
import skein.cypher.plan.Column;
import skein.cypher.plan.LogicalPlan.EdgeUniquenessFilter;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.RelationshipReference;

/** Keeps a match from using one relationship twice. */
final class Uniqueness {
    private final int[] slots;

    Uniqueness(List<Column> columns) {
        this.slots = Execution.slotsOf(columns);
    }

    boolean isUsed(long relationship, Value[] frame) {
        for (int slot : slots) {
            if (holds(frame[slot], relationship)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a relationship, or each of a list of them, stands in none of the other columns. */
    static FilterOperator.Test test(EdgeUniquenessFilter plan) {
        Uniqueness others = new Uniqueness(plan.among());
        int slot = plan.relationship().slot();
        return run -> !others.anyUsed(run.frame[slot], run.frame);
    }

    private boolean anyUsed(Value value, Value[] frame) {
        return switch (value) {
            case RelationshipReference reference -> isUsed(reference.id(), frame);
            case ListValue list -> list.values().stream().anyMatch(item -> anyUsed(item, frame));
            default -> false;
        };
    }

    private static boolean holds(Value value, long relationship) {
        return switch (value) {
            case RelationshipReference reference -> reference.id() == relationship;
            case ListValue list -> list.values().stream().anyMatch(item -> holds(item, relationship));
            default -> false;
        };
    }
}
