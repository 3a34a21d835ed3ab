package skein.storage.api;

/**
 * About what is in an index.
 *
 * @param entries how many entities
 * @param distinct about how many different values, or combinations of values
 */
public record IndexStatistics(long entries, long distinct) {}
