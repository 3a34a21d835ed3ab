package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.session.QuerySession;
import skein.session.Route;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Several databases on one instance, and on those that follow it. */
class DatabasesTest {
    private static final String COUNT = "MATCH (n) RETURN count(n)";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private static void refused(ErrorCode code, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void run(QuerySession session, String query) {
        session.run(query, Map.of(), TransactionOptions.WRITE).finish();
    }

    @Test
    void databasesAreApart() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        main.write("CREATE (:A), (:B)");
        main.writeIn("Movies", "CREATE (:C)");
        assertThat(main.read(COUNT)).containsExactly("2");
        assertThat(main.readIn("movies", COUNT)).containsExactly("1");
        assertThat(main.readIn("neo4j", COUNT)).containsExactly("2");
        assertThat(main.read("SHOW DATABASES")).containsExactly("skein", "movies");
        assertThatThrownBy(() -> main.readIn("movie", COUNT)).hasMessageContaining("Did you mean movies?");
    }

    @Test
    void databasesOutliveARestart() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        main.createDatabase("doomed");
        main.writeIn("movies", "CREATE (:C)");
        main.renameDatabase("movies", "films");
        main.dropDatabase("doomed");
        Map<String, String> before = main.databases();
        String created = main.readIn("films", "CALL db.info() YIELD creationDate RETURN creationDate")
                .getFirst();
        main.stop();

        Node again = cluster.start("main");
        assertThat(again.databases()).isEqualTo(before).containsOnlyKeys("skein", "films");
        assertThat(again.readIn("films", COUNT)).containsExactly("1");
        assertThat(again.readIn("films", "CALL db.info() YIELD creationDate RETURN creationDate"))
                .containsExactly(created);
        again.writeIn("films", "CREATE (:C)");
        refused(ErrorCode.DATABASE_NOT_FOUND, () -> again.readIn("movies", COUNT));
    }

    @Test
    void aSessionUsesWhatItHasChosen() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        try (QuerySession session = main.session()) {
            run(session, "USE DATABASE movies");
            run(session, "CREATE (:C)");
            session.run("CREATE (:D)", Map.of(), Node.options("skein", AccessMode.WRITE, List.of()))
                    .finish();
            main.renameDatabase("movies", "films");
            run(session, "CREATE (:C)");
            assertThat(main.readIn("films", COUNT)).containsExactly("2");
            assertThat(main.read(COUNT)).containsExactly("1");
            refused(ErrorCode.DATABASE_IN_USE, () -> main.dropDatabase("films"));
            main.dropDatabase("films", true);
            refused(ErrorCode.DATABASE_NOT_FOUND, () -> run(session, "CREATE (:C)"));
            run(session, "USE DATABASE skein");
            run(session, "CREATE (:D)");
        }
        assertThat(main.read(COUNT)).containsExactly("2");
    }

    @Test
    void aDropEndsTransactionsOnlyByForce() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        try (QuerySession session = main.session()) {
            session.begin(Node.options("movies", AccessMode.WRITE, List.of()));
            session.runInTransaction("CREATE (:C)", Map.of()).finish();
            refused(ErrorCode.DATABASE_IN_USE, () -> main.dropDatabase("movies"));
            main.dropDatabase("movies", true);
            refused(ErrorCode.TRANSACTION_TERMINATED, session::commit);
        }
        main.createDatabase("movies");
        assertThat(main.readIn("movies", COUNT)).containsExactly("0");
    }

    @Test
    void replicasFollowEveryDatabase() {
        Node main = cluster.start("main");
        main.createDatabase("before");
        main.writeIn("before", "CREATE (:C)");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);

        assertThat(main.createDatabase("after")).containsExactly("CreateDatabase");
        var summary = main.writeIn("after", "CREATE (:C), (:C)");
        assertThat(summary.notifications()).isEmpty();
        assertThat(replica.databases()).isEqualTo(main.databases());
        assertThat(replica.readInAt("after", summary.bookmark(), COUNT)).containsExactly("2");
        assertThat(replica.readIn("before", COUNT)).containsExactly("1");
        assertThat(main.streams("r")).containsOnlyKeys("skein", "before", "after");
        refused(ErrorCode.NOT_MAIN, () -> replica.createDatabase("other"));
        assertThat(replica.route("after")).isEqualTo(new Route(false, main.bolt()));
        refused(ErrorCode.DATABASE_NOT_FOUND, () -> replica.route("nothing"));

        main.renameDatabase("after", "later");
        main.dropDatabase("before");
        await().untilAsserted(() -> assertThat(replica.databases()).isEqualTo(main.databases()));
        assertThat(replica.readIn("later", COUNT)).containsExactly("2");
    }

    @Test
    void aReplicaThatWasDownFindsTheDatabasesOfItsMain() {
        Node main = cluster.start("main");
        main.createDatabase("doomed");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        replica.stop();
        await().until(() -> main.states("r").getFirst() == StreamState.INVALID);

        assertThat(main.createDatabase("movies")).contains("CreateDatabase").hasSize(2);
        main.dropDatabase("doomed");
        main.writeIn("movies", "CREATE (:C)");

        Node again = cluster.start("replica");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(main.streams("r"))
                        .containsOnlyKeys("skein", "movies")
                        .doesNotContainValue(StreamState.INVALID)
                        .doesNotContainValue(StreamState.RECOVERY));
        await().untilAsserted(() -> assertThat(again.databases()).isEqualTo(main.databases()));
        await().untilAsserted(() -> assertThat(again.readIn("movies", COUNT)).containsExactly("1"));
    }

    @Test
    void aPromotedReplicaGoesOnWithEveryDatabase() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        main.createDatabase("movies");
        Bookmark last = main.writeIn("movies", "CREATE (:C)").bookmark();
        main.stop();
        replica.becomeMain();
        assertThat(replica.readInAt("movies", last, COUNT)).containsExactly("1");
        replica.writeIn("movies", "CREATE (:C)");
        replica.createDatabase("more");
        replica.dropDatabase("movies");
        assertThat(replica.databases()).containsOnlyKeys("skein", "more");
    }

    @Test
    void aBookmarkBelongsToItsDatabase() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        for (int i = 0; i < 5; i++) {
            main.writeIn("movies", "CREATE (:C)");
        }
        Bookmark far = main.writeIn("movies", "CREATE (:C)").bookmark();
        main.write("CREATE (:D)");
        assertThat(main.readAt(far, COUNT)).containsExactly("1");
        Bookmark near = main.write("CREATE (:D)").bookmark();
        assertThat(near.database()).isNotEqualTo(far.database());
        assertThat(main.readInAt("movies", near, COUNT)).containsExactly("6");
    }

    @Test
    void theSystemDatabaseAnswersAboutDatabasesAndHoldsNoGraph() {
        Node main = cluster.start("main");
        assertThat(main.readIn("system", "SHOW DEFAULT DATABASE")).containsExactly("skein");
        assertThat(main.readIn("system", "SHOW HOME DATABASE")).containsExactly("skein");
        assertThat(main.readIn("system", "SHOW DATABASE")).containsExactly("system");
        assertThat(main.readIn("system", COUNT)).containsExactly("0");
        refused(ErrorCode.ACCESS_MODE, () -> main.writeIn("system", "CREATE (:C)"));
        assertThat(main.route("system")).isEqualTo(new Route(true, null));
    }
}
