package skein.bolt.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.session.Authentication;
import skein.session.ClusterTable;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.Route;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.SkeinException;

/** How a {@link Job} ended. */
public sealed interface JobOutcome {
    record LoggedIn(Authentication.Login login) implements JobOutcome {}

    /**
     * @param firstMillis time until the result was open
     * @param chosenDatabase by the session; null for the default
     */
    record Ran(
            List<String> columns,
            long firstMillis,
            @Nullable DatabaseName chosenDatabase) implements JobOutcome {
        public Ran {
            columns = List.copyOf(columns);
        }
    }

    /** The rows asked for were sent; the result is still open. */
    record HasMore() implements JobOutcome {}

    /**
     * @param extent of the whole result, over all requests for its rows
     * @param lastMillis time from the request for rows to the end of the result
     * @param transactionOpen whether a transaction stays open, as after the text {@code BEGIN}
     */
    record Drained(QuerySummary summary, Extent extent, long lastMillis, boolean transactionOpen)
            implements JobOutcome {}

    /** How much of a result there was. */
    enum Extent {
        /** The query has no result. */
        NO_COLUMNS,
        /** Nothing was found. */
        NO_ROWS,
        ROWS
    }

    record Committed(QuerySession.CommitSummary summary) implements JobOutcome {}

    /** @param chosenDatabase as in {@link Ran} */
    record Begun(@Nullable DatabaseName chosenDatabase) implements JobOutcome {}

    record Routed(Route route) implements JobOutcome {}

    /** The coordinators have told where clients go. */
    record RoutedByCluster(ClusterTable table) implements JobOutcome {}

    record Done() implements JobOutcome {}

    /** It failed, and the session has nothing open any more. */
    record Failed(SkeinException reason) implements JobOutcome {}
}
