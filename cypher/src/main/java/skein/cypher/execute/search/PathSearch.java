package skein.cypher.execute.search;

import skein.graph.Value;

/** Paths from one node, found one at a time. */
public interface PathSearch {
    /** Where a search goes that has no particular end. */
    long ANYWHERE = -1;

    /** Goes on to the next path; false when there is none. */
    boolean next();

    /** The relationships of the path, in the order walked. */
    long[] relationships();

    /** Where the path ends. */
    long end();

    /** The sum of the weights; null for searches without weights. */
    default Value total() {
        return Value.NULL;
    }
}
