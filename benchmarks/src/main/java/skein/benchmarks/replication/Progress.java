package skein.benchmarks.replication;

/** Hears what is measured next. */
interface Progress {
    void begins(String what);
}
