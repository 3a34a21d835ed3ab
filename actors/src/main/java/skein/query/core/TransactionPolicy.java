package skein.query.core;

import java.time.Duration;

/**
 * How long transactions may take on this instance; zero for no limit.
 *
 * @param timeout of a transaction whose client names none
 * @param timeoutMax what a client may ask for at most
 * @param idleReading how long one that has changed nothing may wait for its client
 * @param idleWriting how long one that has changed something may
 */
public record TransactionPolicy(Duration timeout, Duration timeoutMax, Duration idleReading, Duration idleWriting) {}
