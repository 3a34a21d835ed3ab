package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Statements about snapshots, on an instance and on one that follows it. */
class SnapshotStatementsTest {
    @RegisterExtension
    final Cluster cluster = new Cluster();

    /** Columns first. */
    private static List<List<String>> table(Node node, String statement) {
        try (QuerySession session = node.session()) {
            QueryCursor cursor = session.run(statement, Map.of(), TransactionOptions.WRITE);
            List<List<String>> table = new ArrayList<>();
            table.add(cursor.columns());
            for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
                List<String> shown = new ArrayList<>();
                for (Value value : row) {
                    shown.add(value instanceof Value.StringValue(String text) ? text : value.toString());
                }
                table.add(shown);
            }
            cursor.finish();
            return table;
        }
    }

    @Test
    void aSnapshotIsTakenShownAndNotTakenTwice() {
        Node main = cluster.start("main");
        assertThat(table(main, "SHOW SNAPSHOTS"))
                .containsExactly(List.of("path", "timestamp", "creation_time", "size"));
        main.write("CREATE (:A)-[:R]->(:B)");
        List<List<String>> created = table(main, "CREATE SNAPSHOT");
        assertThat(created.getFirst()).containsExactly("path");
        List<List<String>> shown = table(main, "SHOW SNAPSHOTS;");
        assertThat(shown).hasSize(2);
        assertThat(shown.getLast().getFirst()).isEqualTo(created.getLast().getFirst());
        assertThat(shown.getLast().getLast()).matches("\\d+B");
        assertThatThrownBy(() -> table(main, "CREATE SNAPSHOT"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("Nothing has changed");
        assertThat(table(main, "SHOW NEXT SNAPSHOT")).containsExactly(List.of("path", "creation_time"));
    }

    @Test
    void aSnapshotIsNotPartOfATransaction() {
        Node main = cluster.start("main");
        try (QuerySession session = main.session()) {
            session.begin(TransactionOptions.WRITE);
            assertThatThrownBy(() -> session.runInTransaction("CREATE SNAPSHOT", Map.of()))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION));
        }
    }

    @Test
    void aReplicaTakesItsOwn() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        replica.readAt(main.write("CREATE (:A)").bookmark(), "MATCH (n) RETURN n");
        table(replica, "CREATE SNAPSHOT");
        assertThat(table(replica, "SHOW SNAPSHOTS")).hasSize(2);
        assertThat(table(main, "SHOW SNAPSHOTS")).hasSize(1);
    }

    @Test
    void anInstanceThatStopsLeavesASnapshotAndStartsFromIt() {
        Node main = cluster.start("main");
        main.write("UNWIND range(1, 100) AS i CREATE (:A {i: i})-[:R]->(:B)");
        main.stop();
        Node again = cluster.start("main");
        assertThat(table(again, "SHOW SNAPSHOTS")).hasSize(2);
        assertThat(again.read("MATCH (:A)-[:R]->(n:B) RETURN count(n)")).containsExactly("100");
        again.stop();
        assertThat(table(cluster.start("main"), "SHOW SNAPSHOTS"))
                .as("nothing changed in between")
                .hasSize(2);
    }

    @Test
    void aSnapshotReplacesWhatADatabaseHolds() {
        Node main = cluster.start("main");
        main.write("CREATE (a:A {name: 'kept'})-[:R {since: 1}]->(:B)");
        main.write("CREATE INDEX ON :A(name)");
        long hash = main.stateHash();
        String path = table(main, "CREATE SNAPSHOT").getLast().getFirst();
        main.write("MATCH (n) DETACH DELETE n");
        main.write("CREATE (:New)");
        assertThatThrownBy(() -> table(main, "RECOVER SNAPSHOT '" + path + "'"))
                .hasMessageContaining("not empty")
                .hasMessageContaining("FORCE");
        assertThatThrownBy(() -> table(main, "RECOVER SNAPSHOT '" + path + ".missing' FORCE"))
                .hasMessageContaining("There is no snapshot");
        var before = main.databaseId();
        table(main, "RECOVER SNAPSHOT '" + path + "' FORCE");
        assertThat(main.stateHash()).isEqualTo(hash);
        assertThat(main.databaseId()).isNotEqualTo(before);
        assertThat(main.read("MATCH (a:A {name: 'kept'})-[r:R]->(:B) RETURN r.since"))
                .containsExactly("1");
        main.write("CREATE (:After)");
        main.stop();
        Node again = cluster.start("main");
        assertThat(again.read("MATCH (n) RETURN count(n)")).containsExactly("3");
        assertThat(cluster.directory().resolve("main/databases/" + before)).isDirectory();
    }

    @Test
    void replicasThatFollowLaterGetTheRecoveredContent() {
        Node main = cluster.start("main");
        main.write("CREATE (:A)-[:R]->(:B)");
        String path = table(main, "CREATE SNAPSHOT").getLast().getFirst();
        main.write("CREATE (:More)");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        assertThatThrownBy(() -> table(main, "RECOVER SNAPSHOT '" + path + "' FORCE"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPLICATION_REFUSED));
        assertThatThrownBy(() -> table(replica, "RECOVER SNAPSHOT '" + path + "' FORCE"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MAIN));
        main.drop("r");
        table(main, "RECOVER SNAPSHOT '" + path + "' FORCE");
        Node fresh = cluster.start("fresh").becomeReplica();
        main.register("fresh", ReplicationMode.SYNC, fresh);
        var bookmark = main.write("CREATE (:After)").bookmark();
        assertThat(fresh.readAt(bookmark, "MATCH (n) RETURN count(n)")).containsExactly("3");
        assertThat(fresh.stateHash()).isEqualTo(main.stateHash());
        assertThat(fresh.databaseId()).isEqualTo(main.databaseId());
    }
}
