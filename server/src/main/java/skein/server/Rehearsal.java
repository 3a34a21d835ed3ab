package skein.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.SkeinException;

/**
 * Lets an instance that may become MAIN at any moment go through what its first clients will ask for. In a JVM that has
 * not parsed and planned a query yet, the first write takes two hundred milliseconds longer, which would be a third of
 * a quick failover. Nothing is changed: writes are planned and not run.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    static final List<String> STATEMENTS = List.of(
            "EXPLAIN CREATE (a:Rehearsal {id: $id})-[:REHEARSED {at: 1}]->(b:Rehearsal) RETURN a, b",
            "EXPLAIN MERGE (a:Rehearsal {id: $id}) ON CREATE SET a.new = true ON MATCH SET a.new = false",
            "EXPLAIN MATCH (a:Rehearsal)-[r:REHEARSED]->(b) WHERE a.id = $id AND b.name <> 'x' SET b.n = b.n + 1",
            "EXPLAIN UNWIND [1, 2] AS i MATCH (a {id: i}) DETACH DELETE a",
            "MATCH (a:Rehearsal) WHERE a.id = $id RETURN count(a) AS found",
            "UNWIND range(1, 10) AS i WITH i ORDER BY i DESC RETURN collect(i) AS all");

    /** By then a JVM has compiled what takes most of the time. */
    private static final int ROUNDS = 10;

    /** Between two statements: whoever else wants the processors has them. */
    private static final long PAUSE_MILLIS = 5;

    private final QueryService queries;
    private final CountDownLatch never = new CountDownLatch(1);

    private Rehearsal(QueryService queries) {
        this.queries = queries;
    }

    /** Begins in the background; what goes wrong is of no interest to anybody. */
    static void start(QueryService queries) {
        Thread.ofPlatform().name("skein-rehearsal").daemon().start(new Rehearsal(queries)::run);
    }

    private void run() {
        try (QuerySession session = queries.open("rehearsal")) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String statement : STATEMENTS) {
                    run(session, statement);
                    boolean _ = never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (SkeinException e) {
            LOG.debug("the rehearsal ended early: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(QuerySession session, String statement) {
        QueryCursor cursor =
                session.run(statement, Map.of("id", Value.of(1)), TransactionOptions.WRITE.with(AccessMode.READ));
        while (cursor.next() != null) {
            // nobody reads the rows
        }
        cursor.finish();
    }
}
