package skein.cypher.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Query.Single;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * {@code USING PERIODIC COMMIT n} as the {@code CALL (*) { ... } IN TRANSACTIONS OF n ROWS} that it means: the clauses
 * that bring the rows stay outside, and all that is done with a row goes inside.
 */
public final class PeriodicCommit {
    private PeriodicCommit() {}

    /** The query has passed the check. */
    public static Query rewritten(Query query, int rows) {
        if (!(query instanceof Single single)) {
            throw refused("a UNION");
        }
        List<Clause> clauses = single.clauses();
        if (clauses.getLast() instanceof Clause.Return) {
            throw refused("RETURN");
        }
        int split = split(clauses);
        List<Clause> outside = clauses.subList(0, split);
        Single inside = new Single(clauses.subList(split, clauses.size()), single.span());
        Expression count = new Expression.IntegerLiteral(rows, single.span());
        Clause call = new Clause.CallSubquery(inside, Optional.empty(), true, true, Optional.of(count), single.span());
        return new Single(Stream.concat(outside.stream(), Stream.of(call)).toList(), single.span());
    }

    /** Behind the files and lists that the rows come from; behind the first MATCH where there are none. */
    private static int split(List<Clause> clauses) {
        int split = 0;
        while (split < clauses.size() - 1 && bringsRows(clauses.get(split))) {
            split++;
        }
        return split == 0 && clauses.size() > 1 && clauses.getFirst() instanceof Clause.Match ? 1 : split;
    }

    private static boolean bringsRows(Clause clause) {
        return clause instanceof Clause.LoadCsv || clause instanceof Clause.Unwind || clause instanceof Clause.With;
    }

    private static SkeinException refused(String what) {
        return new SkeinException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "USING PERIODIC COMMIT with " + what + " is understood but not executed by this version. Use"
                        + " CALL { ... } IN TRANSACTIONS for the part that writes.");
    }
}
