package skein.cypher.execute;

/** The rows of one operator in one run, one at a time in the run's frame. */
interface Cursor {
    /**
     * Puts the next row into the frame. Values of the row before are lost, except those in slots that operators below
     * this one own: they stand until those operators are asked again.
     */
    boolean next();

    /** Starts over, for the values that the frame's outer slots have now. */
    void reset();
}
