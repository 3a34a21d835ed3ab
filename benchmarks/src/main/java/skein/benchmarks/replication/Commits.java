package skein.benchmarks.replication;

/**
 * What one load of commits came to.
 *
 * @param perSecond transactions committed per second
 */
record Commits(double perSecond, long p50Micros, long p99Micros) {}
