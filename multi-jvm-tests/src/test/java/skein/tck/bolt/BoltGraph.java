package skein.tck.bolt;

import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.QueryRunner;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import skein.clients.driver.DriverValues;
import skein.clients.driver.ElementNumbers;
import skein.graph.Value;
import skein.tck.Indexes;
import skein.tck.TckGraph;

/** A database behind a driver: one session, in which every query is a transaction of its own. */
final class BoltGraph implements TckGraph, AutoCloseable {
    /** Leaves nothing behind that a query could find. */
    private static final String UNRELATED =
            "CREATE (n:Unrelated {passing: 1})-[:UNRELATED]->(:Unrelated)-[:UNRELATED]->(n) WITH n "
                    + "MATCH p = (n)-->()-->(n) DETACH DELETE p";

    private final Session session;
    private final Way way;
    private final Indexes indexes = new Indexes();
    private final DriverValues values = new DriverValues(ElementNumbers.ofElementIds());

    BoltGraph(Driver driver, Way way) {
        this.session = driver.session();
        this.way = way;
    }

    /** In which circumstances a query runs; its results are the same in all. */
    enum Way {
        /** Auto-commit. */
        ALONE,
        /** In an explicit transaction that has written before. */
        IN_TRANSACTION,
        /** Auto-commit, with all indexes that could apply. */
        INDEXED
    }

    /** Fails with the driver's exception when the server does not answer any more: no scenario after it can pass. */
    @Override
    public Answer run(String query, Map<String, Value> parameters) {
        try {
            return switch (way) {
                case ALONE -> answer(session, query, parameters);
                case IN_TRANSACTION -> answerInTransaction(query, parameters);
                case INDEXED -> {
                    indexes.missingFor(query)
                            .forEach(statement -> session.run(statement).consume());
                    yield answer(session, query, parameters);
                }
            };
        } catch (ServiceUnavailableException | SessionExpiredException gone) {
            throw gone;
        } catch (Neo4jException refused) {
            return new Failure(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private Answer answerInTransaction(String query, Map<String, Value> parameters) {
        try (Transaction transaction = session.beginTransaction()) {
            transaction.run(UNRELATED).consume();
            Answer answer = answer(transaction, query, parameters);
            transaction.commit();
            return answer;
        }
    }

    private Rows answer(QueryRunner runner, String query, Map<String, Value> parameters) {
        Result result = runner.run(query, DriverValues.parameters(parameters));
        List<String> columns = result.keys();
        return new Rows(columns, result.list(row -> values.read(row.values())));
    }

    @Override
    public void close() {
        session.close();
    }
}
