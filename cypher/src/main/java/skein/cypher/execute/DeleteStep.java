package skein.cypher.execute;

import java.util.ArrayList;
import java.util.List;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** DELETE and DETACH DELETE of what the targets evaluate to. */
final class DeleteStep implements RowOperator.Step {
    private static final int[] ANY_TYPE = {};

    private final List<Evaluator> targets;
    private final boolean detach;

    DeleteStep(List<Evaluator> targets, boolean detach) {
        this.targets = List.copyOf(targets);
        this.detach = detach;
    }

    @Override
    public void perform(Execution run) {
        List<Value> values = targets.stream().map(run::evaluate).toList();
        values.forEach(value -> delete(run, value));
    }

    private void delete(Execution run, Value value) {
        switch (value) {
            case Value.NullValue nothing -> {}
            case NodeReference node -> deleteNode(run, node.id());
            case RelationshipReference relationship -> deleteRelationship(run, relationship.id());
            case PathReference path -> {
                path.relationships().forEach(relationship -> deleteRelationship(run, relationship));
                path.nodes().forEach(node -> deleteNode(run, node));
            }
            default ->
                throw new SkeinException(
                        ErrorCode.TYPE_ERROR,
                        "Only nodes, relationships and paths can be deleted, not " + TypeName.withArticle(value)
                                + " [InvalidArgumentType].");
        }
    }

    private void deleteNode(Execution run, long node) {
        if (detach && !run.transaction.nodeDeletedHere(node)) {
            List<Long> connected = new ArrayList<>();
            RelationshipCursor cursor = run.transaction.expand(node, Direction.BOTH, ANY_TYPE);
            while (cursor.next()) {
                run.checkTermination();
                connected.add(cursor.relationship());
            }
            connected.forEach(relationship -> deleteRelationship(run, relationship));
        }
        if (run.transaction.deleteNode(node)) {
            run.counters.nodesDeleted++;
            run.deletedNode(node);
        }
    }

    private static void deleteRelationship(Execution run, long relationship) {
        run.checkTermination();
        if (run.transaction.deleteRelationship(relationship)) {
            run.counters.relationshipsDeleted++;
        }
    }
}
