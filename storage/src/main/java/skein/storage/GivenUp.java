package skein.storage;

/**
 * What a replica let go of because its MAIN does not have it.
 *
 * @param records of the log, EPOCH records among them
 * @param transactions those that changed something
 * @param complete false when the log did not hold all of them any more, so that there were more
 */
public record GivenUp(long records, long transactions, boolean complete) {}
