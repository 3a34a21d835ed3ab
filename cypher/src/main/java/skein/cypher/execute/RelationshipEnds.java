package skein.cypher.execute;

import org.jspecify.annotations.Nullable;
import skein.cypher.plan.Column;
import skein.cypher.syntax.Pattern.Arrow;
import skein.graph.Value;
import skein.graph.Value.NodeReference;

/**
 * Writes the two ends of a relationship into their slots, once or, for patterns without a direction, once each way.
 * Ends that are bound already have to agree. Belongs to one run.
 */
final class RelationshipEnds {
    private final Execution run;
    private final int left;
    private final int right;
    private final Arrow arrow;
    private final @Nullable Value boundLeft;
    private final @Nullable Value boundRight;
    private long start;
    private long end;
    private int way = 2;

    /** Bound values are read from the frame now. */
    RelationshipEnds(Execution run, Column left, boolean leftBound, Column right, boolean rightBound, Arrow arrow) {
        this.run = run;
        this.left = left.slot();
        this.right = right.slot();
        this.arrow = arrow;
        this.boundLeft = leftBound ? run.frame[left.slot()] : null;
        this.boundRight = rightBound ? run.frame[right.slot()] : null;
    }

    void offer(long startNode, long endNode) {
        start = startNode;
        end = endNode;
        way = 0;
    }

    /** Forgets what was offered. */
    void clear() {
        way = 2;
    }

    /** Fills the slots with the next way to read the relationship; false when there is none left. */
    boolean next() {
        while (way < 2) {
            boolean forwards = way == 0;
            way++;
            boolean allowed =
                    forwards ? arrow != Arrow.LEFT : arrow == Arrow.LEFT || arrow == Arrow.EITHER && start != end;
            if (allowed && bind(forwards ? start : end, forwards ? end : start)) {
                return true;
            }
        }
        return false;
    }

    private boolean bind(long leftNode, long rightNode) {
        NodeReference atLeft = new NodeReference(leftNode);
        NodeReference atRight = new NodeReference(rightNode);
        if (boundLeft != null && !boundLeft.equals(atLeft) || boundRight != null && !boundRight.equals(atRight)) {
            return false;
        }
        if (left == right && leftNode != rightNode) {
            return false;
        }
        run.frame[left] = atLeft;
        run.frame[right] = atRight;
        return true;
    }
}
