package skein.cypher.plan;

import java.util.List;
import java.util.Optional;
import skein.cypher.plan.LogicalPlan.Assignment;
import skein.cypher.plan.LogicalPlan.CountFromStore;
import skein.cypher.plan.LogicalPlan.Counted;
import skein.cypher.plan.LogicalPlan.Expand;
import skein.cypher.plan.LogicalPlan.Once;
import skein.cypher.plan.LogicalPlan.ScanAll;
import skein.cypher.plan.LogicalPlan.ScanAllByEdgeType;
import skein.cypher.plan.LogicalPlan.ScanAllByLabel;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Arrow;
import skein.storage.api.Direction;

/**
 * Recognises counts of all nodes or relationships, of those with a label, or of those of some types: the store keeps
 * these numbers, exact for every snapshot and with the transaction's own changes.
 */
final class StoreCounts {
    private StoreCounts() {}

    /** What is counted, and the entity whose occurrences may be counted instead of rows. */
    private record Found(LogicalPlan input, Counted counted, List<Column> entities) {}

    /** The plan of aggregates without keys over some rows, when the store knows the answer. */
    static Optional<LogicalPlan> of(LogicalPlan rows, List<Assignment> aggregates) {
        return found(rows)
                .filter(found -> found.input() instanceof Once)
                .filter(found -> !aggregates.isEmpty()
                        && aggregates.stream().allMatch(item -> countsRows(item.expression(), found.entities())))
                .map(found -> new CountFromStore(
                        found.input(),
                        aggregates.stream().map(Assignment::column).toList(),
                        found.counted()));
    }

    private static Optional<Found> found(LogicalPlan rows) {
        return switch (rows) {
            case ScanAll scan -> Optional.of(new Found(scan.input(), new Counted.AllNodes(), List.of(scan.node())));
            case ScanAllByLabel scan ->
                Optional.of(new Found(scan.input(), new Counted.NodesWithLabel(scan.label()), List.of(scan.node())));
            case ScanAllByEdgeType scan
            when scan.arrow() != Arrow.EITHER && scan.uniqueAmong().isEmpty() ->
                Optional.of(new Found(scan.input(), counted(scan.types()), List.of(scan.relationship())));
            case Expand walk
            when walk.input() instanceof ScanAll scan
                    && !walk.into()
                    && walk.uniqueAmong().isEmpty()
                    && walk.steps().direction() != Direction.BOTH
                    && walk.from().equals(scan.node()) ->
                Optional.of(new Found(scan.input(), counted(walk.steps().types()), List.of(walk.relationship())));
            default -> Optional.empty();
        };
    }

    private static Counted counted(List<String> types) {
        return types.isEmpty()
                ? new Counted.AllRelationships()
                : new Counted.RelationshipsOfTypes(types.stream().distinct().toList());
    }

    private static boolean countsRows(ScopedExpression aggregate, List<Column> entities) {
        return switch (aggregate.expression()) {
            case Expression.CountStar star -> true;
            case Expression.FunctionCall call
            when call.name().equalsIgnoreCase("count")
                    && call.arguments().size() == 1
                    && call.arguments().getFirst() instanceof Variable variable ->
                entities.stream()
                        .anyMatch(entity -> entity.slot() == aggregate.scope().slotOf(variable.name()));
            default -> false;
        };
    }
}
