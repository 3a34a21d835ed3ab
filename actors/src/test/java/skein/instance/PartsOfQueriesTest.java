package skein.instance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Queries that commit parts of themselves, and statements that are no transaction, in a session. */
class PartsOfQueriesTest {
    @RegisterExtension
    final Cluster cluster = new Cluster();

    private static QuerySummary run(QuerySession session, String query) {
        QueryCursor cursor = session.run(query, Map.of(), TransactionOptions.WRITE);
        while (cursor.next() != null) {
            // to the end
        }
        return cursor.finish();
    }

    private static long lsn(QuerySummary summary) {
        return requireNonNull(summary.bookmark()).lsn();
    }

    private static Value single(QuerySession session, String query) {
        QueryCursor cursor = session.run(query, Map.of(), TransactionOptions.WRITE);
        Value[] row = cursor.next();
        cursor.finish();
        return row == null ? Value.NULL : row[0];
    }

    @Test
    void aBookmarkOfBatchesCoversTheLastOfThem() {
        Node main = cluster.start("main");
        try (QuerySession session = main.session()) {
            QuerySummary written =
                    run(session, "UNWIND range(1, 10) AS i CALL (i) { CREATE (:N {i: i}) } IN TRANSACTIONS OF 3 ROWS");
            assertThat(written.counters().nodesCreated()).isEqualTo(10);
            QuerySummary plain = run(session, "CREATE (:M)");
            assertThat(lsn(plain) - lsn(written)).isEqualTo(1);
            assertThat(single(session, "MATCH (n:N) RETURN count(n)")).isEqualTo(Value.of(10L));
        }
    }

    @Test
    void whatFailsLeavesTheBatchesBefore() {
        Node main = cluster.start("main");
        try (QuerySession session = main.session()) {
            assertThatThrownBy(() -> run(
                            session,
                            "UNWIND [1, 1, 1, 0, 1] AS i CALL (i) { CREATE (:N {x: 1 / i}) } IN TRANSACTIONS OF 2"
                                    + " ROWS"))
                    .hasMessageContaining("The rows before, 2 in all, were committed and stay");
            assertThat(single(session, "MATCH (n:N) RETURN count(n)")).isEqualTo(Value.of(2L));
        }
    }

    @Test
    void batchesAreNoPartOfAnExplicitTransaction() {
        Node main = cluster.start("main");
        try (QuerySession session = main.session()) {
            for (String query : List.of(
                    "UNWIND [1] AS i CALL (i) { CREATE (:N) } IN TRANSACTIONS",
                    "USING PERIODIC COMMIT 1 UNWIND [1] AS i CREATE (:N)",
                    "FREE MEMORY",
                    "STORAGE MODE IN_MEMORY_TRANSACTIONAL")) {
                session.begin(TransactionOptions.WRITE);
                assertThatThrownBy(() -> session.runInTransaction(query, Map.of()))
                        .isInstanceOfSatisfying(
                                SkeinException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION));
            }
            run(session, "FREE MEMORY");
            run(session, "STORAGE MODE IN_MEMORY_TRANSACTIONAL");
        }
    }

    @Test
    void noFileIsReadUnlessAnAdministratorSaysWhere() {
        Node main = cluster.start("main");
        try (QuerySession session = main.session()) {
            assertThatThrownBy(() -> run(session, "LOAD CSV FROM '/etc/passwd' NO HEADER AS row RETURN row"))
                    .hasMessageContaining("--import-directory")
                    .isInstanceOfSatisfying(
                            SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        }
    }

    @Test
    void aDumpIsReadLikeAnyAnswer() {
        Node main = cluster.start("main");
        try (QuerySession session = main.session()) {
            run(session, "CREATE (:N {x: 1})");
            assertThat(single(session, "DUMP DATABASE")).isEqualTo(Value.of("CREATE INDEX ON :`N`;"));
        }
    }
}
