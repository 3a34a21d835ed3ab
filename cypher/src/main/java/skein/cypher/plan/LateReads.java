package skein.cypher.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.plan.LogicalPlan.Expand;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.PropertyAccess;
import skein.cypher.syntax.Expression.Variable;

/**
 * Which values may be read for the few rows that ORDER BY with LIMIT lets through instead of for all of them:
 * properties of nodes and relationships that a pattern has found. Reading one cannot fail, and a query that changes
 * nothing reads the same before and after the sort. Of anything else it is not known that leaving it out for a row goes
 * unnoticed.
 */
final class LateReads {
    private final Set<Integer> entities = new HashSet<>();

    private LateReads() {}

    /** @param rows what finds the rows; changes nothing */
    static LateReads above(LogicalPlan rows) {
        LateReads reads = new LateReads();
        for (LogicalPlan plan = rows; plan instanceof LogicalPlan.Unary unary; plan = unary.input()) {
            found(unary).forEach(column -> reads.entities.add(column.slot()));
        }
        return reads;
    }

    /** Whether the expression is such a read. */
    boolean include(Expression expression, Scope scope) {
        return expression instanceof PropertyAccess access
                && access.subject() instanceof Variable variable
                && entities.contains(scope.slotOf(variable.name()));
    }

    /** Nodes and relationships, or null, that an operator puts into the row. */
    private static List<Column> found(LogicalPlan.Unary plan) {
        return switch (plan) {
            case LogicalPlan.ScanAll p -> List.of(p.node());
            case LogicalPlan.ScanAllByLabel p -> List.of(p.node());
            case LogicalPlan.ScanAllByLabelProperties p -> List.of(p.node());
            case LogicalPlan.ScanAllByPoint p -> List.of(p.node());
            case LogicalPlan.ScanAllByUnion p -> List.of(p.node());
            case LogicalPlan.ScanAllById p -> List.of(p.node());
            case LogicalPlan.ScanAllByEdgeTypeProperties p -> List.of(p.relationship());
            case LogicalPlan.SeekRelationship p -> List.of(p.relationship());
            case LogicalPlan.ScanAllByEdgeType p -> List.of(p.relationship(), p.left(), p.right());
            case Expand p -> List.of(p.relationship(), p.to());
            case LogicalPlan.ExpandVariable p -> List.of(p.to());
            default -> List.of();
        };
    }
}
