package skein.cypher.plan;

/**
 * What operators cost, in steps: one step is looking at one node of a scan or at one relationship of a node. Ratios
 * between operators are all that counts, so there is no unit of time.
 */
final class Costs {
    /** Finding an entity by its id. */
    static final double ID = 1;

    /** Going down an index. */
    static final double SEEK = 1;

    /** One entry of an index: the entity is looked at again. */
    static final double ENTRY = 1;

    /** A relationship of a type scan: both of its ends are read. */
    static final double SCANNED_RELATIONSHIP = 1.5;

    /** Testing the conditions that become ready at one point, on one row. */
    static final double TEST = 0.5;

    /** Running an inner plan for one row until its first row. */
    static final double INNER_RUN = 4;

    /** Keeping one row in a hash table, or in a list. */
    static final double KEPT_ROW = 2;

    /** Looking up one row in a hash table. */
    static final double LOOKED_UP_ROW = 1;

    /** Joins keep no more rows than this in memory, as far as one can tell beforehand. */
    static final double KEPT_ROWS_MAX = 500_000;

    private Costs() {}

    static double scan(double entities) {
        return 1 + entities;
    }

    static double seek(double entities) {
        return SEEK + ENTRY * entities;
    }
}
