package skein.server.demo;

import java.util.List;

/** A running demonstration. */
interface Demo extends AutoCloseable {
    /** The topology, connection strings and something to try. */
    String describe();

    /** Runs a query on the MAIN; answers a rendered table, or nothing when the query has no columns. */
    String execute(String cypher);

    /** Bolt addresses of the coordinators; none where there are none. */
    List<String> coordinators();

    /** In the order in which they are to be stopped. */
    List<ProcessHandle> processes();

    @Override
    void close();
}
