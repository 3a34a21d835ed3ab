package skein.cypher.syntax;

import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * How large a query may be.
 *
 * @param lengthMax characters of its text
 * @param nestingMax brackets within brackets; at most {@link #NESTING_BOUND}, which the stack of a thread bears
 * @param nodesMax clauses, patterns and expressions
 */
public record QueryLimits(int lengthMax, int nestingMax, int nodesMax) {
    public static final int NESTING_BOUND = 200;

    /** Unless somebody sets others. */
    public static final QueryLimits STANDARD = new QueryLimits(1 << 20, NESTING_BOUND, 100_000);

    public QueryLimits {
        Invariant.check(
                lengthMax > 0 && nestingMax > 0 && nestingMax <= NESTING_BOUND && nodesMax > 0,
                "limits of %d characters, %d levels, %d nodes",
                lengthMax,
                nestingMax,
                nodesMax);
    }

    void checkLength(String text) {
        if (text.length() > lengthMax) {
            throw exceeded("has " + text.length() + " characters, and " + lengthMax + " are allowed");
        }
    }

    void checkNodes(int nodes) {
        if (nodes > nodesMax) {
            throw exceeded("has more than the " + nodesMax + " clauses, patterns and expressions that are allowed");
        }
    }

    private static SkeinException exceeded(String reason) {
        return new SkeinException(
                ErrorCode.LIMIT_EXCEEDED,
                "The query is not read: it " + reason
                        + ". Pass large values as parameters, or split it. See --query-length-max and"
                        + " --query-nodes-max.");
    }
}
