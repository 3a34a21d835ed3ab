package skein.cypher.plan;

import java.util.List;
import skein.cypher.plan.LogicalPlan.ScanAllByEdgeTypeProperties;
import skein.cypher.plan.LogicalPlan.SeekRelationship;
import skein.cypher.plan.PatternGraph.Edge;

/** How to find the relationships that an edge may stand for without their ends. */
record EdgeSeek(Edge edge, double cost, double rows, Access access, List<Predicate> answered, Footprint reads) {
    /** Which way. */
    sealed interface Access {
        record ById(Probe probe) implements Access {}

        record ByIndex(String type, List<IndexCondition> conditions) implements Access {}
    }

    LogicalPlan scan(LogicalPlan input, Column column, Scope scope) {
        return switch (access) {
            case Access.ById(Probe probe) ->
                new SeekRelationship(
                        input,
                        column,
                        new ScopedExpression(probe.value(), scope),
                        probe.many(),
                        ((Probe.Subject.Id) probe.subject()).form());
            case Access.ByIndex(String type, List<IndexCondition> conditions) ->
                new ScanAllByEdgeTypeProperties(input, column, type, conditions, scope);
        };
    }
}
