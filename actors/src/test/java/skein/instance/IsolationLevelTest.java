package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/** SET TRANSACTION ISOLATION LEVEL and what sessions then see of each other. */
class IsolationLevelTest {
    @RegisterExtension
    final Cluster cluster = new Cluster();

    private Node main;

    @BeforeEach
    void open() {
        main = cluster.start("main");
        main.write("CREATE (:N {p: 0})");
    }

    private static QuerySummary run(QuerySession session, String query) {
        return session.run(query, Map.of(), TransactionOptions.WRITE).finish();
    }

    private static List<Value> column(QueryCursor cursor, int column) {
        List<Value> values = new ArrayList<>();
        for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
            values.add(row[column]);
        }
        cursor.finish();
        return values;
    }

    private static long p(QuerySession session) {
        Value value = column(session.runInTransaction("MATCH (n:N) RETURN n.p", Map.of()), 0)
                .getFirst();
        return value instanceof Value.IntegerValue(long number) ? number : -1;
    }

    private Map<String, Value> storageInfo(QuerySession session) {
        Map<String, Value> rows = new LinkedHashMap<>();
        QueryCursor cursor = session.run("SHOW STORAGE INFO", Map.of(), TransactionOptions.WRITE);
        for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
            rows.put(((Value.StringValue) row[0]).value(), row[1]);
        }
        cursor.finish();
        return rows;
    }

    @Test
    void snapshotIsolationIsTheDefault() {
        try (QuerySession session = main.queries().open("test")) {
            session.begin(TransactionOptions.WRITE);
            assertThat(p(session)).isZero();
            main.write("MATCH (n:N) SET n.p = 1");
            assertThat(p(session)).isZero();
            session.commit();
        }
    }

    @Test
    void atReadCommittedEachStatementOfATransactionLooksAnew() {
        try (QuerySession session = main.queries().open("test")) {
            run(session, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            session.begin(TransactionOptions.WRITE);
            assertThat(p(session)).isZero();
            main.write("MATCH (n:N) SET n.p = 1");
            assertThat(p(session)).isEqualTo(1);
            session.runInTransaction("CREATE (:Mine)", Map.of()).finish();
            main.write("MATCH (n:N) SET n.p = 2");
            assertThat(column(session.runInTransaction("MATCH (n) RETURN n.p", Map.of()), 0))
                    .containsExactlyInAnyOrder(Value.of(2L), Value.NULL);
            session.commit();
        }
        assertThat(main.read("MATCH (n:Mine) RETURN count(n)")).containsExactly("1");
    }

    @Test
    void rowsStillToBeReadKeepTheirState() {
        main.write("UNWIND range(1, 9) AS i CREATE (:N {p: 0})");
        try (QuerySession session = main.queries().open("test")) {
            run(session, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            session.begin(TransactionOptions.WRITE);
            QueryCursor early = session.runInTransaction("MATCH (n:N) RETURN n.p", Map.of());
            early.next();
            main.write("MATCH (n:N) SET n.p = 1");
            assertThat(p(session)).as("shares the state of the open rows").isZero();
            assertThat(column(early, 0)).hasSize(9).containsOnly(Value.of(0L));
            assertThat(p(session)).isEqualTo(1);
            session.commit();
        }
    }

    @Test
    void theLevelOfTheNextTransactionIsUsedOnce() {
        try (QuerySession session = main.queries().open("test")) {
            run(session, "SET NEXT TRANSACTION ISOLATION LEVEL READ COMMITTED");
            assertThat(storageInfo(session)).containsEntry("next_session_isolation_level", Value.of("READ_COMMITTED"));
            session.begin(TransactionOptions.WRITE);
            p(session);
            main.write("MATCH (n:N) SET n.p = 1");
            assertThat(p(session)).isEqualTo(1);
            session.commit();
            assertThat(storageInfo(session)).containsEntry("next_session_isolation_level", Value.of(""));
            session.begin(TransactionOptions.WRITE);
            p(session);
            main.write("MATCH (n:N) SET n.p = 2");
            assertThat(p(session)).isEqualTo(1);
            session.commit();
        }
    }

    @Test
    void theGlobalLevelIsForSessionsWithoutOneOfTheirOwn() {
        try (QuerySession own = main.queries().open("own");
                QuerySession other = main.queries().open("other")) {
            run(own, "SET SESSION TRANSACTION ISOLATION LEVEL SNAPSHOT ISOLATION");
            QuerySummary told = run(own, "SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED");
            assertThat(told.notifications())
                    .extracting(Notification::code)
                    .containsExactly("IsolationLevelUntilRestart");
            assertThat(storageInfo(own))
                    .containsEntry("global_isolation_level", Value.of("READ_COMMITTED"))
                    .containsEntry("session_isolation_level", Value.of("SNAPSHOT_ISOLATION"));
            own.begin(TransactionOptions.WRITE);
            other.begin(TransactionOptions.WRITE);
            p(own);
            p(other);
            main.write("MATCH (n:N) SET n.p = 1");
            assertThat(p(own)).isZero();
            assertThat(p(other)).isEqualTo(1);
        }
    }

    @Test
    void readUncommittedIsServedAsReadCommittedAndSaysSo() {
        try (QuerySession session = main.queries().open("test");
                QuerySession writer = main.queries().open("writer")) {
            QuerySummary told = run(session, "SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED");
            assertThat(told.notifications())
                    .extracting(Notification::code)
                    .containsExactly("ReadUncommittedAsReadCommitted");
            session.begin(TransactionOptions.WRITE);
            writer.begin(TransactionOptions.WRITE);
            writer.runInTransaction("MATCH (n:N) SET n.p = 1", Map.of()).finish();
            assertThat(p(session)).isZero();
            writer.commit();
            assertThat(p(session)).isEqualTo(1);
        }
    }

    @Test
    void theLevelOfAnOpenTransactionIsFixed() {
        try (QuerySession session = main.queries().open("test")) {
            String statement = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
            session.begin(TransactionOptions.WRITE);
            assertThatThrownBy(() -> session.runInTransaction(statement, Map.of()))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION));
            assertThat(session.isTransactionOpen()).isFalse();
            run(session, "BEGIN");
            assertThatThrownBy(() -> run(session, statement)).hasMessageContaining("fixed when a transaction begins");
            run(session, "ROLLBACK");
        }
    }
}
