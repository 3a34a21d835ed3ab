package skein.benchmarks.raft;

/** Hears what is measured next. */
interface Progress {
    void begins(String what);
}
