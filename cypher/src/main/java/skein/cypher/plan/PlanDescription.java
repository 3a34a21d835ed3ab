package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import skein.cypher.plan.LogicalPlan.Creation;
import skein.storage.api.Direction;

/**
 * A plan as people read it: one node per operator, the input first among its children.
 *
 * @param operator name, for example {@code ScanAllByLabel}
 * @param details what it works on, for example {@code (n :Person)}; may be empty
 * @param identifiers names of the values it adds
 * @param plan the operator itself
 * @param rows how many rows the planner expects; those of an inner plan for one row of the outer one
 */
public record PlanDescription(
        String operator,
        String details,
        List<String> identifiers,
        List<PlanDescription> children,
        LogicalPlan plan,
        double rows) {
    public PlanDescription {
        identifiers = List.copyOf(identifiers);
        children = List.copyOf(children);
    }

    public static PlanDescription of(LogicalPlan plan, PlanEstimates estimates) {
        List<PlanDescription> children = new ArrayList<>();
        if (plan instanceof LogicalPlan.Unary unary) {
            children.add(of(unary.input(), estimates));
        }
        branches(plan).forEach(branch -> children.add(of(branch, estimates)));
        return new PlanDescription(name(plan), details(plan), identifiers(plan), children, plan, estimates.rows(plan));
    }

    /**
     * One line of the plan.
     *
     * @param operator what the line tells of; empty for a line that only leads to a branch
     */
    public record Line(String text, Optional<PlanDescription> operator) {}

    /** One line per operator, the last one first; branches are indented. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        addLines("", lines);
        return lines;
    }

    private void addLines(String indent, List<Line> lines) {
        lines.add(new Line(indent + " * " + operator + (details.isEmpty() ? "" : " " + details), Optional.of(this)));
        boolean hasInput = plan instanceof LogicalPlan.Unary;
        for (int i = children.size() - 1; i >= (hasInput ? 1 : 0); i--) {
            lines.add(new Line(indent + " |\\", Optional.empty()));
            children.get(i).addLines(indent + " |", lines);
        }
        if (hasInput) {
            children.getFirst().addLines(indent, lines);
        }
    }

    private static List<LogicalPlan> branches(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.OptionalMatch p -> List.of(p.inner());
            case LogicalPlan.Apply p -> List.of(p.inner());
            case LogicalPlan.ApplyInBatches p -> List.of(p.inner());
            case LogicalPlan.Foreach p -> List.of(p.inner());
            case LogicalPlan.SemiApply p -> List.of(p.inner());
            case LogicalPlan.Cartesian p -> List.of(p.inner());
            case LogicalPlan.HashJoin p -> List.of(p.inner());
            case LogicalPlan.Merge p -> List.of(p.match(), p.create());
            case LogicalPlan.Union p ->
                p.branches().stream().map(LogicalPlan.Union.Branch::plan).toList();
            default -> List.of();
        };
    }

    private static String name(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.OptionalMatch p -> "Optional";
            case LogicalPlan.RequireBound p -> "Filter";
            case LogicalPlan.SemiApply p -> p.negated() ? "AntiSemiApply" : "SemiApply";
            case LogicalPlan.Create p ->
                p.creations().stream().anyMatch(Creation.NewRelationship.class::isInstance)
                        ? "CreateExpand"
                        : "CreateNode";
            case LogicalPlan.Update p -> updateName(p.updates().getFirst());
            case LogicalPlan.ExpandPaths p -> searchName(p.search());
            default -> plan.getClass().getSimpleName();
        };
    }

    /** Memgraph's names. */
    private static String searchName(LogicalPlan.Search search) {
        return switch (search) {
            case DEPTH_FIRST -> "ExpandVariable";
            case BREADTH_FIRST -> "BFSExpand";
            case WEIGHTED_SHORTEST -> "WeightedShortestPath";
            case ALL_SHORTEST -> "AllShortestPaths";
            case K_SHORTEST -> "KShortestPaths";
        };
    }

    private static String updateName(LogicalPlan.GraphUpdate update) {
        return switch (update) {
            case LogicalPlan.GraphUpdate.SetProperty set -> "SetProperty";
            case LogicalPlan.GraphUpdate.SetProperties set -> "SetProperties";
            case LogicalPlan.GraphUpdate.AddLabels add -> "SetLabels";
            case LogicalPlan.GraphUpdate.RemoveLabels remove -> "RemoveLabels";
            case LogicalPlan.GraphUpdate.RemoveProperty remove -> "RemoveProperty";
        };
    }

    private static String details(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.ScanAll p -> "(" + name(p.node()) + ")";
            case LogicalPlan.ScanAllByLabel p -> "(" + name(p.node()) + " :" + p.label() + ")";
            case LogicalPlan.ScanAllByLabelProperties p ->
                "(" + name(p.node()) + " :" + p.label() + " {" + text(p.conditions()) + "})";
            case LogicalPlan.ScanAllByPoint p ->
                "(" + name(p.node()) + " :" + p.label() + " {" + p.condition().text() + "})";
            case LogicalPlan.ScanAllByUnion p ->
                "(" + name(p.node()) + ") {"
                        + p.parts().stream()
                                .map(part -> ":" + part.label() + " {" + text(part.conditions()) + "}")
                                .collect(Collectors.joining(" or "))
                        + "}";
            case LogicalPlan.HashJoin p -> "{" + texts(p.keys()) + "}";
            case LogicalPlan.CountFromStore p -> "{" + counted(p.counted()) + "}";
            case LogicalPlan.ScanAllByEdgeTypeProperties p ->
                "[" + name(p.relationship()) + " :" + p.type() + " {" + text(p.conditions()) + "}]";
            case LogicalPlan.ScanAllById p -> "(" + name(p.node()) + ")";
            case LogicalPlan.SeekRelationship p -> "[" + name(p.relationship()) + "]";
            case LogicalPlan.ScanAllByEdgeType p ->
                "(%s)-[%s%s]-(%s)".formatted(name(p.left()), name(p.relationship()), types(p.types()), name(p.right()));
            case LogicalPlan.Expand p -> walk(p.from(), p.relationship(), p.to(), p.steps(), "");
            case LogicalPlan.ExpandVariable p -> walk(p.from(), p.relationships(), p.to(), p.steps(), "*");
            case LogicalPlan.ExpandPaths p -> walk(p.from(), p.relationships(), p.to(), p.steps(), "*");
            case LogicalPlan.ShortestPath p -> walk(p.from(), p.relationships(), p.to(), p.steps(), "*");
            case LogicalPlan.Filter p -> "{" + texts(p.predicates()) + "}";
            case LogicalPlan.OrderBy p ->
                "{"
                        + texts(p.keys().stream()
                                .map(LogicalPlan.SortKey::expression)
                                .toList())
                        + "}" + (p.first().isEmpty() ? "" : " top");
            case LogicalPlan.Produce p -> "{" + names(assigned(p.items())) + "}";
            case LogicalPlan.Aggregate p ->
                "{" + p.keys().size() + " keys, " + p.aggregates().size() + " aggregates}";
            case LogicalPlan.CallProcedure p -> "<" + p.procedure() + ">";
            case LogicalPlan.LoadCsv p -> "(" + name(p.row()) + ")";
            default -> "";
        };
    }

    private static List<String> identifiers(LogicalPlan plan) {
        List<Column> columns = switch (plan) {
            case LogicalPlan.ScanAll p -> List.of(p.node());
            case LogicalPlan.ScanAllByLabel p -> List.of(p.node());
            case LogicalPlan.ScanAllByLabelProperties p -> List.of(p.node());
            case LogicalPlan.ScanAllByPoint p -> List.of(p.node());
            case LogicalPlan.ScanAllByEdgeTypeProperties p -> List.of(p.relationship());
            case LogicalPlan.ScanAllByUnion p -> List.of(p.node());
            case LogicalPlan.ScanAllById p -> List.of(p.node());
            case LogicalPlan.SeekRelationship p -> List.of(p.relationship());
            case LogicalPlan.ScanAllByEdgeType p -> List.of(p.relationship(), p.left(), p.right());
            case LogicalPlan.Expand p -> List.of(p.from(), p.relationship(), p.to());
            case LogicalPlan.ExpandVariable p -> List.of(p.from(), p.relationships(), p.to());
            case LogicalPlan.ExpandPaths p -> List.of(p.from(), p.relationships(), p.to());
            case LogicalPlan.Produce p -> assigned(p.items());
            case LogicalPlan.Unwind p -> List.of(p.variable());
            case LogicalPlan.LoadCsv p -> List.of(p.row());
            case LogicalPlan.Create p ->
                p.creations().stream().map(Creation::column).toList();
            default -> List.of();
        };
        return columns.stream().filter(Column::isNamed).map(Column::name).toList();
    }

    private static String texts(List<ScopedExpression> expressions) {
        return expressions.stream()
                .map(scoped -> ShortText.of(scoped.expression()))
                .collect(Collectors.joining(", "));
    }

    private static String counted(LogicalPlan.Counted counted) {
        return switch (counted) {
            case LogicalPlan.Counted.AllNodes all -> "nodes";
            case LogicalPlan.Counted.NodesWithLabel(String label) -> "nodes :" + label;
            case LogicalPlan.Counted.AllRelationships all -> "relationships";
            case LogicalPlan.Counted.RelationshipsOfTypes(List<String> types) -> "relationships" + types(types);
        };
    }

    private static List<Column> assigned(List<LogicalPlan.Assignment> items) {
        return items.stream().map(LogicalPlan.Assignment::column).toList();
    }

    private static String walk(Column from, Column relationship, Column to, LogicalPlan.Steps steps, String length) {
        String left = steps.direction() == Direction.INCOMING ? "<-" : "-";
        String right = steps.direction() == Direction.OUTGOING ? "->" : "-";
        return "(%s)%s[%s%s%s]%s(%s)"
                .formatted(name(from), left, name(relationship), types(steps.types()), length, right, name(to));
    }

    private static String text(List<IndexCondition> conditions) {
        return conditions.stream().map(IndexCondition::text).collect(Collectors.joining(", "));
    }

    private static String types(List<String> types) {
        return types.isEmpty() ? "" : " :" + String.join("|", types);
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(PlanDescription::name).collect(Collectors.joining(", "));
    }

    private static String name(Column column) {
        return column.isNamed() ? column.name() : "anon" + column.slot();
    }
}
