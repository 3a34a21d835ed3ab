package skein.query;

import java.time.Duration;

/**
 * Limits of sessions.
 *
 * @param queryTimeout for transactions that bring none of their own; zero for none
 * @param bookmarkTimeout how long a transaction waits for the state its bookmarks name
 * @param queryMemoryBytesMax what one query may hold in sorts, groups and lists
 */
public record SessionSettings(Duration queryTimeout, Duration bookmarkTimeout, long queryMemoryBytesMax) {}
