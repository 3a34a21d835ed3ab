package skein.cypher.execute;

/** One step of a plan, ready to run. Immutable and shared by all runs. */
interface Operator {
    /** Begins to work in a run; nothing is read or changed before the first {@link Cursor#next}. */
    Cursor open(Execution run);
}
