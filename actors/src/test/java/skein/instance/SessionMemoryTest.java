package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.storage.Database;
import skein.storage.tx.OpenTransactionFacts;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What sessions hold of memory and of old versions, and what they are told when it is too much. */
class SessionMemoryTest {
    @RegisterExtension
    final Cluster cluster = new Cluster();

    private Node main;

    @BeforeEach
    void open() {
        main = cluster.start("main");
        main.write("CREATE (:N {p: 0})");
    }

    private Database database() {
        return main.database().cell().database();
    }

    private static void assertCode(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static void run(QuerySession session, String query) {
        QueryCursor cursor = session.run(query, Map.of(), TransactionOptions.WRITE);
        while (cursor.next() != null) {
            // rows are read and dropped
        }
        cursor.finish();
    }

    @Test
    void aQueryMayLimitItsOwnMemory() {
        String query = "UNWIND range(1, 20000) AS i WITH i ORDER BY i DESC RETURN count(i)";
        try (QuerySession session = main.queries().open("test")) {
            run(session, query);
            assertCode(ErrorCode.MEMORY_LIMIT, () -> run(session, query + " QUERY MEMORY LIMIT 100 KB"));
            run(session, query + " QUERY MEMORY LIMIT 100 MB");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNWIND range(1, 20000) AS i WITH DISTINCT i % 7 AS g RETURN count(g)",
                "UNWIND range(1, 20000) AS i WITH i ORDER BY i DESC LIMIT 3 RETURN count(i)",
                "UNWIND range(1, 20000) AS i RETURN i % 7 AS g, count(*)",
            })
    void onlyRowsThatAreKeptTakeMemory(String query) {
        try (QuerySession session = main.queries().open("test")) {
            run(session, query + " QUERY MEMORY LIMIT 100 KB");
        }
    }

    @Test
    void aTransactionRestsBetweenItsRows() {
        main.write("UNWIND range(1, 2000) AS i CREATE (:Many {i: i, text: 'some text to keep'})");
        try (QuerySession reader = main.queries().open("reader")) {
            reader.begin(TransactionOptions.WRITE);
            QueryCursor rows = reader.runInTransaction("MATCH (n:Many) RETURN n.i", Map.of());
            assertThat(rows.next()).isNotNull();
            assertThat(database().openTransactions())
                    .extracting(OpenTransactionFacts::statements)
                    .containsExactly(1L);
            while (database().openTransactions().size() > 0) {
                main.write("MATCH (n:Many) SET n.text = n.text + 'x'");
            }
            assertCode(ErrorCode.SNAPSHOT_TOO_OLD, rows::next);
            reader.rollback();
            assertThat(reader.isTransactionOpen()).isFalse();
            run(reader, "MATCH (n:Many) RETURN n.text");
        }
    }

    @Test
    void storageInfoShowsMemoryAndIsolationInTheWordsOfTheReference() {
        Map<String, Value> rows = new LinkedHashMap<>();
        try (QuerySession session = main.queries().open("test")) {
            QueryCursor cursor = session.run("SHOW STORAGE INFO", Map.of(), TransactionOptions.WRITE);
            for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
                rows.put(((Value.StringValue) row[0]).value(), row[1]);
            }
            cursor.finish();
        }
        assertThat(rows)
                .containsEntry("vertex_count", Value.of(1L))
                .containsEntry("global_isolation_level", Value.of("SNAPSHOT_ISOLATION"))
                .containsEntry("session_isolation_level", Value.of(""))
                .containsEntry("storage_mode", Value.of("IN_MEMORY_TRANSACTIONAL"))
                .containsKeys("unreleased_delta_objects", "next_session_isolation_level", "database_uuid");
        for (String name : new String[] {
            "memory_res", "peak_memory_res", "memory_tracked", "memory_limit", "disk_usage", "graph_memory_tracked"
        }) {
            assertThat(String.valueOf(rows.get(name))).as(name).containsPattern("[0-9](B|KiB|MiB|GiB)");
        }
    }
}
