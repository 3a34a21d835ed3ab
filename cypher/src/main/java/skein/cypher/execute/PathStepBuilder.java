package skein.cypher.execute;

import java.util.ArrayList;
import java.util.List;
import skein.cypher.plan.LogicalPlan.ConstructNamedPath;
import skein.cypher.plan.LogicalPlan.PathStep;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphReads;

/** Puts paths together from the slots that hold their parts. */
final class PathStepBuilder implements RowOperator.Step {
    private final ConstructNamedPath plan;

    PathStepBuilder(ConstructNamedPath plan) {
        this.plan = plan;
    }

    @Override
    public void perform(Execution run) {
        run.frame[plan.path().slot()] = path(run);
    }

    private Value path(Execution run) {
        if (!(run.frame[plan.start().slot()] instanceof NodeReference start)) {
            return Value.NULL;
        }
        List<Long> nodes = new ArrayList<>();
        List<Long> relationships = new ArrayList<>();
        nodes.add(start.id());
        for (PathStep step : plan.steps()) {
            switch (run.frame[step.relationship().slot()]) {
                case RelationshipReference one -> add(one.id(), nodes, relationships, run.transaction);
                case ListValue list -> {
                    for (Value item : list.values()) {
                        add(((RelationshipReference) item).id(), nodes, relationships, run.transaction);
                    }
                }
                default -> {
                    return Value.NULL;
                }
            }
        }
        return new PathReference(nodes, relationships);
    }

    private static void add(long relationship, List<Long> nodes, List<Long> relationships, GraphReads graph) {
        long at = nodes.getLast();
        long start = graph.startOf(relationship);
        relationships.add(relationship);
        nodes.add(start == at ? graph.endOf(relationship) : start);
    }
}
