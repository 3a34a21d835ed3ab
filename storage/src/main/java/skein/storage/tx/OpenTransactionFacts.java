package skein.storage.tx;

import java.time.Duration;
import skein.session.TransactionOptions.AccessMode;

/**
 * One open transaction, for people and for decisions about it.
 *
 * @param id rises from 1 in the order of beginning, unique while the database is open
 * @param snapshot the newest record it sees
 * @param age since it began
 * @param access what it was opened for
 * @param statements how many statements it has begun
 */
public record OpenTransactionFacts(long id, long snapshot, Duration age, AccessMode access, long statements) {}
