package skein.history;

/** What a history can show that one serial order would not. Names are Adya's, "G-nonadjacent" is Elle's. */
public enum Anomaly {
    /** A read met a value that nobody appended. */
    GARBAGE_READ,
    /** A list holds a value twice. */
    DUPLICATE_ELEMENT,
    /** A transaction did not see its own appends where they belong, at the end. */
    INTERNAL,
    /** Two reads of one list are not prefixes of one another: the list lost elements or has two orders. */
    INCOMPATIBLE_ORDER,
    /** Dirty write: a cycle of write dependencies. */
    G0,
    /** A committed transaction read what a failed one wrote. */
    G1A,
    /** A transaction read what another had written and then wrote over. */
    G1B,
    /** Circular information flow: a cycle of write and read dependencies. */
    G1C,
    /** One transaction read the same list twice and found it different. */
    NON_REPEATABLE_READ,
    /** Two transactions appended to the same version of a list. */
    LOST_UPDATE,
    /** A cycle with one anti-dependency: a snapshot that is not one moment (read skew). */
    G_SINGLE,
    /** A cycle whose anti-dependencies are never next to each other (long fork). */
    G_NONADJACENT,
    /** Any other cycle. Snapshot isolation allows it. */
    WRITE_SKEW
}
