package skein.cypher.check;

import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Statement;

/**
 * Refuses statements that no data can make right, with the error the openCypher TCK expects at compile time: variables
 * that are not there, types that cannot fit, aggregates out of place, clauses in the wrong order. Safe to use from any
 * thread.
 */
public final class SemanticCheck {
    private SemanticCheck() {}

    /** As {@link #check(Statement, String)}; errors name line and column and quote nothing. */
    public static void check(Statement statement) {
        check(statement, "");
    }

    /**
     * Throws {@link skein.vocabulary.SkeinException}, SYNTAX_ERROR or TYPE_ERROR, at the first thing that is wrong.
     *
     * @param text what the statement was parsed from, for the line that errors quote
     */
    public static void check(Statement statement, String text) {
        check(statement, text, FunctionLibrary.BUILT_IN);
    }

    /** @param functions those that can be called */
    public static void check(Statement statement, String text, FunctionLibrary functions) {
        if (statement instanceof Statement.Data data) {
            check(data.query(), text, functions);
        }
    }

    /** As above, for a query that is part of a statement. */
    public static void check(Query query, String text, FunctionLibrary functions) {
        new QueryCheck(new Faults(text, functions)).statement(query);
    }
}
