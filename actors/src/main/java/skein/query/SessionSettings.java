package skein.query;

import java.time.Duration;
import java.util.function.Supplier;
import skein.files.ImportFiles;
import skein.query.core.TransactionPolicy;
import skein.session.IsolationLevel;
import skein.storage.memory.MemoryPool;

/**
 * Limits of sessions.
 *
 * @param transactions how long those that begin now may take
 * @param bookmarkTimeout how long a transaction waits for the state its bookmarks name
 * @param queryMemoryBytesMax what one query may hold in sorts, groups and lists
 * @param userMemoryBytesMax what queries and changes of one user may hold together
 * @param memory what all queries of the instance share with its graphs
 * @param isolation of transactions whose session sets none, until somebody sets it for all
 * @param files that LOAD CSV may read
 */
public record SessionSettings(
        Supplier<TransactionPolicy> transactions,
        Duration bookmarkTimeout,
        long queryMemoryBytesMax,
        long userMemoryBytesMax,
        MemoryPool memory,
        IsolationLevel isolation,
        ImportFiles files) {
    /** The same with transactions limited in another way. */
    public SessionSettings limitedBy(Supplier<TransactionPolicy> other) {
        return new SessionSettings(
                other, bookmarkTimeout, queryMemoryBytesMax, userMemoryBytesMax, memory, isolation, files);
    }
}
