package skein.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;

/**
 * The rows of one running query, produced on demand. Called from the session's thread only.
 *
 * <p>Rows hold only values that may leave the runtime: {@code NodeValue}, {@code RelationshipValue} and
 * {@code PathValue}, never references.
 */
public interface QueryCursor {
    /** Names of the columns, in order; empty when the query returns nothing. */
    List<String> columns();

    /** The next row, one value per column; null when there are no more. Throws what the query throws. */
    Value @Nullable [] next();

    /**
     * Ends the query: rows not read are dropped, writes not yet done are done. For an auto-commit query this commits
     * and returns after the commit is decided; inside an explicit transaction it only closes the cursor.
     */
    QuerySummary finish();
}
