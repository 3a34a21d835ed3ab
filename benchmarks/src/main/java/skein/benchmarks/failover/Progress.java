package skein.benchmarks.failover;

/** Told what happens, for whoever waits. */
interface Progress {
    void says(String what);
}
