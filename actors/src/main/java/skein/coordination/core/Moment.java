package skein.coordination.core;

/**
 * When something happens.
 *
 * @param millis of a clock that only goes forward; decides
 * @param wallMillis since 1970; shown to people, decides nothing
 */
public record Moment(long millis, long wallMillis) {}
