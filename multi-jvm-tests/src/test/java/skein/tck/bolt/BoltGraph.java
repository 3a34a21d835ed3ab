package skein.tck.bolt;

import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import skein.clients.driver.DriverValues;
import skein.clients.driver.ElementNumbers;
import skein.graph.Value;
import skein.tck.TckGraph;

/** A database behind a driver: one session, every query an auto-commit transaction. */
final class BoltGraph implements TckGraph, AutoCloseable {
    private final Session session;
    private final DriverValues values = new DriverValues(ElementNumbers.ofElementIds());

    BoltGraph(Driver driver) {
        this.session = driver.session();
    }

    /** Fails with the driver's exception when the server does not answer any more: no scenario after it can pass. */
    @Override
    public Answer run(String query, Map<String, Value> parameters) {
        try {
            Result result = session.run(query, DriverValues.parameters(parameters));
            List<String> columns = result.keys();
            return new Rows(columns, result.list(row -> values.read(row.values())));
        } catch (ServiceUnavailableException | SessionExpiredException gone) {
            throw gone;
        } catch (Neo4jException refused) {
            return new Failure(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
