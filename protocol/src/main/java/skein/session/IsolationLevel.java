package skein.session;

/** What a transaction may see of others, named as in {@code SET TRANSACTION ISOLATION LEVEL}. */
public enum IsolationLevel {
    /** One state of the graph from begin to end, and own changes. The default. */
    SNAPSHOT_ISOLATION,
    /**
     * Each statement sees the newest committed state, and own changes. An entity that the transaction has changed must
     * not be changed by others until it ends: WRITE_CONFLICT, as in {@link #SNAPSHOT_ISOLATION}.
     */
    READ_COMMITTED,
    /** Accepted and served as {@link #READ_COMMITTED}, which is stronger: nobody is ever shown what may be undone. */
    READ_UNCOMMITTED;

    /** Whether each statement of a transaction looks anew. */
    public boolean refreshesByStatement() {
        return this != SNAPSHOT_ISOLATION;
    }

    /** As people write it: {@code READ COMMITTED}. */
    public String words() {
        return name().replace('_', ' ');
    }
}
