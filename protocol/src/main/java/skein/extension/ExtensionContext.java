package skein.extension;

/** What a procedure or function may use beside its arguments: valid during the call and while its rows are read. */
public interface ExtensionContext {
    /** The graph as the query sees it at this point, own changes included. */
    Graph graph();

    /**
     * Ends the call with an exception when the query has been terminated or has run out of time. To be called in every
     * loop that may take long; let the exception pass.
     */
    void checkTermination();

    /**
     * Accounts for memory that the call keeps; fails when the query may not have that much. It counts until the query
     * ends. Rows that are answered as a collection are counted without it.
     */
    void reserveMemory(long bytes);

    /** The database that the query runs on. */
    String databaseName();

    /** Who runs it; empty when nobody has to log in. */
    String userName();
}
