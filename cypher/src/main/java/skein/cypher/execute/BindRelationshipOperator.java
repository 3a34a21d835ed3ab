package skein.cypher.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.plan.LogicalPlan.BindRelationship;
import skein.cypher.syntax.Pattern.Arrow;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphTransaction;
import skein.storage.api.NameKind;

/** The ends of a relationship, or of a walk, that an earlier clause has bound. */
final class BindRelationshipOperator implements Operator {
    private final Operator input;
    private final BindRelationship plan;
    private final Uniqueness uniqueness;

    BindRelationshipOperator(Operator input, BindRelationship plan) {
        this.input = input;
        this.plan = plan;
        this.uniqueness = new Uniqueness(plan.uniqueAmong());
    }

    @Override
    public Cursor open(Execution run) {
        return new Ends(input, run);
    }

    private final class Ends extends Pipe {
        private @Nullable RelationshipEnds ends;
        /** The other way along the same list, for a pattern without a direction. */
        private @Nullable RelationshipEnds otherWay;

        Ends(Operator input, Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            while (true) {
                run.checkTermination();
                if (ends != null && ends.next() || otherWay != null && otherWay.next()) {
                    return true;
                }
                ends = null;
                otherWay = null;
                if (!below.next()) {
                    return false;
                }
                start(run.frame[plan.relationship().slot()]);
            }
        }

        private void start(Value value) {
            if (plan.list()) {
                if (value instanceof ListValue list && isUsable(list.values())) {
                    startList(list.values());
                }
            } else if (value instanceof RelationshipReference reference && isUsable(value)) {
                ends = ends(plan.arrow());
                ends.offer(run.transaction.startOf(reference.id()), run.transaction.endOf(reference.id()));
            }
        }

        private RelationshipEnds ends(Arrow arrow) {
            return new RelationshipEnds(run, plan.left(), plan.leftBound(), plan.right(), plan.rightBound(), arrow);
        }

        private boolean isUsable(Value value) {
            if (!(value instanceof RelationshipReference reference) || uniqueness.isUsed(reference.id(), run.frame)) {
                return false;
            }
            String type = run.transaction.nameOf(NameKind.RELATIONSHIP_TYPE, run.transaction.typeOf(reference.id()));
            return plan.types().isEmpty() || plan.types().contains(type);
        }

        private boolean isUsable(List<Value> list) {
            boolean distinct = list.stream().distinct().count() == list.size();
            return distinct
                    && !list.isEmpty()
                    && list.size() >= plan.min()
                    && list.size() <= plan.max()
                    && list.stream().allMatch(this::isUsable);
        }

        private void startList(List<Value> list) {
            GraphTransaction graph = run.transaction;
            RelationshipReference first = (RelationshipReference) list.getFirst();
            long start = graph.startOf(first.id());
            long end = graph.endOf(first.id());
            if (plan.arrow() != Arrow.LEFT) {
                ends = walked(list, start);
            }
            if (plan.arrow() != Arrow.RIGHT && (plan.arrow() == Arrow.LEFT || start != end)) {
                otherWay = walked(list, end);
            }
        }

        /** The ends of the walk along the list that begins at a node; null when it is none. */
        private @Nullable RelationshipEnds walked(List<Value> list, long from) {
            long at = from;
            for (Value item : list) {
                long relationship = ((RelationshipReference) item).id();
                long start = run.transaction.startOf(relationship);
                long end = run.transaction.endOf(relationship);
                if (at == start && plan.arrow() != Arrow.LEFT) {
                    at = end;
                } else if (at == end && plan.arrow() != Arrow.RIGHT) {
                    at = start;
                } else {
                    return null;
                }
            }
            RelationshipEnds walk = ends(Arrow.RIGHT);
            walk.offer(from, at);
            return walk;
        }

        @Override
        public void reset() {
            super.reset();
            ends = null;
            otherWay = null;
        }
    }
}
