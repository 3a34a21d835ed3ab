package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * A kill at any moment of CREATE, RENAME and DROP DATABASE, and damage. Each crash point is a combination of what the
 * system database has come to (nothing; the record, not known to be decided; the record, decided) with what the
 * database's own directory has come to.
 */
class DatabaseCrashTest {
    private static final String COUNT = "MATCH (n) RETURN count(n)";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private int copies;

    private DataDirectory data(String name) {
        return new DataDirectory(cluster.directory().resolve(name));
    }

    private DataDirectory keep(String name) {
        return data("main").copyTo(cluster.directory().resolve(name));
    }

    private Node startCopy(DataDirectory source, Consumer<DataDirectory> crash) {
        String name = "copy" + ++copies;
        crash.accept(source.copyTo(cluster.directory().resolve(name)));
        return cluster.start(name);
    }

    /** The set is the same after another start, every database takes writes, and no file is left over. */
    private void consistent(Node node, String... names) {
        Map<String, String> databases = node.databases();
        assertThat(databases).containsOnlyKeys(names);
        databases.keySet().forEach(name -> node.writeIn(name, "CREATE (:W)"));
        node.stop();
        String name = "copy" + copies;
        assertThat(data(name).databases()).containsExactlyInAnyOrderElementsOf(databases.values());
        Node again = cluster.start(name);
        assertThat(again.databases()).isEqualTo(databases);
        again.stop();
    }

    @Test
    void aKillInTheMidstOfCreateLeavesTheWholeDatabaseOrNone() {
        cluster.start("main").stop();
        DataDirectory before = keep("before");
        Node main = cluster.start("main");
        main.createDatabase("movies");
        String id = idOf(main, "movies");
        main.stop();
        DataDirectory after = keep("after");

        consistent(startCopy(before, crash -> {}), "skein");
        int files = after.fileCount(id);
        for (boolean decided : new boolean[] {false, true}) {
            // what a log makes of a half-made directory is for the log's own crash tests
            for (int present : new int[] {-1, 0, files}) {
                Node node = startCopy(after, crash -> {
                    if (!decided) {
                        crash.believingOnly(before);
                    }
                    if (present < 0) {
                        crash.without(id);
                    } else if (present == 0) {
                        crash.withEmpty(id);
                    }
                });
                assertThat(node.databases())
                        .as("decided %s, %d files", decided, present)
                        .containsEntry("movies", id);
                consistent(node, "skein", "movies");
            }
        }
    }

    @Test
    void aDirectoryThatTheCatalogueNeverNamedIsKeptAndNotServed() {
        cluster.start("main").stop();
        DataDirectory before = keep("before");
        Node main = cluster.start("main");
        main.createDatabase("movies");
        String id = idOf(main, "movies");
        main.writeIn("movies", "CREATE (:C)");
        main.stop();

        Node node = startCopy(keep("after"), crash -> crash.withSystemOf(before));
        assertThat(node.databases()).containsOnlyKeys("skein");
        node.stop();
        assertThat(data("copy" + copies).databases()).contains(id);
    }

    @Test
    void aKillInTheMidstOfDropLeavesTheWholeDatabaseOrNone() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        main.writeIn("movies", "CREATE (:C)");
        String id = idOf(main, "movies");
        main.stop();
        DataDirectory before = keep("before");
        Node again = cluster.start("main");
        again.dropDatabase("movies");
        again.stop();
        DataDirectory after = keep("after");
        assertThat(after.databases()).doesNotContain(id);

        consistent(startCopy(before, crash -> {}), "skein", "movies");
        int files = before.fileCount(id);
        String leaving = id + ".dropped";
        for (boolean decided : new boolean[] {false, true}) {
            for (int count = -2; count <= files; count++) {
                int present = count;
                Node node = startCopy(before, crash -> {
                    crash.withSystemOf(after);
                    if (!decided) {
                        crash.believingOnly(before);
                    }
                    if (present == -1) {
                        crash.without(id);
                    } else if (present >= 0) {
                        crash.renamed(id, leaving).withFirstFilesOf(leaving, present);
                    }
                });
                consistent(node, "skein");
            }
        }
    }

    @Test
    void aKillInTheMidstOfRenameLeavesOneNameOrTheOther() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        main.writeIn("movies", "CREATE (:C)");
        main.stop();
        DataDirectory before = keep("before");
        Node again = cluster.start("main");
        again.renameDatabase("movies", "films");
        again.stop();
        DataDirectory after = keep("after");

        consistent(startCopy(before, crash -> {}), "skein", "movies");
        consistent(startCopy(after, crash -> crash.believingOnly(before)), "skein", "films");
        consistent(startCopy(after, crash -> {}), "skein", "films");
    }

    @Test
    void aDamagedDatabaseIsShownAsBrokenAndTheOthersServe() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        main.write("CREATE (:A)");
        main.writeIn("movies", "CREATE (:C)");
        String id = idOf(main, "movies");
        main.stop();
        String segment = data("main").damage(id, 0).getFileName().toString();

        Node again = cluster.start("main");
        assertThat(again.read(COUNT)).containsExactly("1");
        again.write("CREATE (:A)");
        assertThatThrownBy(() -> again.readIn("movies", COUNT))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE))
                .hasMessageContaining("movies is broken")
                .hasMessageContaining(segment)
                .hasMessageContaining("offset 0");
        assertThat(again.read("SHOW DATABASES")).containsExactly("skein", "movies");
        assertThat(again.column("Health", "SHOW DATABASES")).containsExactly("HEALTHY", "BROKEN");
        assertThat(again.column("currentStatus", "SHOW DATABASES")).containsExactly("online", "broken");
        assertThat(again.column("statusMessage", "SHOW DATABASES").getLast()).contains(segment);
        assertThat(again.readIn("movies", "SHOW DATABASE")).containsExactly("movies");
        again.createDatabase("books");
        assertThatThrownBy(() -> again.dropDatabase("movies")).hasMessageContaining("FORCE");
        again.dropDatabase("movies", true);
        again.createDatabase("movies");
        assertThat(again.readIn("movies", COUNT)).containsExactly("0");
        again.stop();
        assertThat(data("main").databases()).doesNotContain(id);
    }

    @Test
    void aDamagedDefaultDatabaseStillTellsWhatIsWrong() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        String id = idOf(main, "skein");
        main.stop();
        data("main").damage(id, 0);
        Node again = cluster.start("main");
        assertThat(again.column("Health", "SHOW DATABASES")).containsExactly("BROKEN", "HEALTHY");
        try (QuerySession session = again.session()) {
            session.run("USE DATABASE movies", Map.of(), TransactionOptions.WRITE)
                    .finish();
            session.run("CREATE (:C)", Map.of(), TransactionOptions.WRITE).finish();
        }
        assertThat(again.readIn("movies", COUNT)).containsExactly("1");
    }

    @Test
    void aDamagedSystemDatabaseRefusesTheStart() {
        cluster.start("main").stop();
        data("main").damage("system", 0);
        assertThatThrownBy(() -> cluster.start("main"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILURE))
                .hasMessageContaining("system");
    }

    @Test
    void aDatabaseThatFailsWhileItRunsBreaksAlone() {
        Node main = cluster.start("main");
        main.createDatabase("movies");
        main.writeIn("movies", "CREATE (:C)");
        main.fail("movies", new SkeinException(ErrorCode.STORAGE_FAILURE, "a planted failure of the disk"));
        await().untilAsserted(() -> assertThatThrownBy(() -> main.readIn("movies", COUNT))
                .hasMessageContaining("a planted failure of the disk"));
        main.write("CREATE (:A)");
        assertThat(main.column("Health", "SHOW DATABASES")).containsExactly("HEALTHY", "BROKEN");
        main.dropDatabase("movies", true);
        assertThat(main.databases()).containsOnlyKeys("skein");
    }

    private static String idOf(Node node, String database) {
        return Invariant.present(node.databases().get(database), "there is no database %s", database);
    }
}
