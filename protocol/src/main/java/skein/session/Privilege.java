package skein.session;

/** What a statement can need to be allowed, one each; the names are Memgraph's where it has one. */
public enum Privilege {
    /** One's own name and password, and the text of transactions; what a user can do whose password has expired. */
    OWN_ACCOUNT,
    /** Reading the graph. */
    MATCH,
    /** Changing the graph. */
    WRITE,
    INDEX,
    CONSTRAINT,
    STATS,
    /** Users and passwords. */
    AUTH,
    REPLICATION,
    /** The whole database as text. */
    DUMP,
    FREE_MEMORY,
    /** Snapshots. */
    DURABILITY,
    CONFIG,
    TRANSACTION_MANAGEMENT,
    MULTI_DATABASE_EDIT,
    MULTI_DATABASE_USE,
    COORDINATOR
}
