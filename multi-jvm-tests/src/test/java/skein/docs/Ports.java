package skein.docs;

import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;
import skein.server.child.InstanceProcess;

/** Finds replication ports that are free on this machine. */
final class Ports {
    private static final int TRIED_MAX = 300;
    private static final int STEP = 10;

    private Ports() {}

    /**
     * Runs {@code SET REPLICATION ROLE ... WITH PORT 10001} with the first port that can be listened on; answers it.
     *
     * @param statement as documented, for port 10001
     */
    static int firstUsableFor(InstanceProcess node, String statement, int firstPort) {
        try (Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady());
                Session session = driver.session()) {
            for (int port = firstPort; ; port += STEP) {
                try {
                    session.run(statement.replace("10001", Integer.toString(port)))
                            .consume();
                    return port;
                } catch (ClientException e) {
                    if (port > firstPort + TRIED_MAX) {
                        throw e;
                    }
                }
            }
        }
    }
}
