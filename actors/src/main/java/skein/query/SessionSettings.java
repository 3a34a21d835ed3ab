package skein.query;

import java.time.Duration;
import skein.session.IsolationLevel;

/**
 * Limits of sessions.
 *
 * @param queryTimeout for transactions that bring none of their own; zero for none
 * @param bookmarkTimeout how long a transaction waits for the state its bookmarks name
 * @param queryMemoryBytesMax what one query may hold in sorts, groups and lists
 * @param isolation of transactions whose session sets none, until somebody sets it for all
 */
public record SessionSettings(
        Duration queryTimeout, Duration bookmarkTimeout, long queryMemoryBytesMax, IsolationLevel isolation) {}
