package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;
import skein.http.InstanceMetrics;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Indexes, constraints, memory and waits for bookmarks, as {@code SHOW METRICS INFO} and a scrape have them. */
final class SchemaGaugesTest {
    private static final List<String> SCHEMA = List.of(
            "CREATE INDEX ON :Person",
            "CREATE INDEX ON :Person(name)",
            "CREATE INDEX ON :Person(age)",
            "CREATE EDGE INDEX ON :KNOWS",
            "CREATE EDGE INDEX ON :KNOWS(since)",
            "CREATE POINT INDEX ON :City(place)",
            "CREATE CONSTRAINT ON (p:Person) ASSERT EXISTS (p.name)",
            "CREATE CONSTRAINT ON (p:Person) ASSERT p.email IS UNIQUE",
            "CREATE CONSTRAINT ON (p:Person) ASSERT p.age IS TYPED INTEGER");

    @TempDir
    private Path directory;

    @Test
    void anInstanceCountsWhatItsDefaultDatabaseHasAndHowLongBookmarksWereWaitedFor() {
        Map<String, String> flags = Map.of("bolt-port", "0", "data-directory", directory.toString());
        try (Node node = Node.start(ResolvedSettings.resolve(SettingSources.ofFlags(flags)));
                Driver driver = GraphDatabase.driver("bolt://" + node.boltAddress());
                Session session = driver.session()) {
            SCHEMA.forEach(statement -> session.run(statement).consume());
            session.executeWriteWithoutResult(tx -> tx.run("CREATE (:N)").consume());
            session.executeWriteWithoutResult(tx -> tx.run("CREATE (:N)").consume());

            Map<String, Double> numbers = session.run("SHOW METRICS INFO").stream()
                    .collect(Collectors.toMap(
                            SchemaGaugesTest::name, row -> row.get("value").asDouble(), (one, other) -> one));

            assertThat(numbers)
                    .containsEntry("skein_active_label_indices", 1.0)
                    .containsEntry("skein_active_label_property_indices", 2.0)
                    .containsEntry("skein_active_edge_type_indices", 1.0)
                    .containsEntry("skein_active_edge_type_property_indices", 1.0)
                    .containsEntry("skein_active_point_indices", 1.0)
                    .containsEntry("skein_active_existence_constraints", 1.0)
                    .containsEntry("skein_active_unique_constraints", 1.0)
                    .containsEntry("skein_active_type_constraints", 1.0);
            assertThat(numbers.get("skein_memory_res_bytes")).isGreaterThan(1 << 20);
            assertThat(numbers.get("skein_bookmark_wait_count")).isGreaterThanOrEqualTo(1);
        }
    }

    private static String name(Record row) {
        return row.get("name").asString();
    }

    @Test
    void whatCannotBeAskedIsNotKnown() {
        try (InstanceMetrics metrics = new InstanceMetrics()) {
            new SchemaGauges(statement -> {
                        throw new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, "not here yet");
                    })
                    .addTo(metrics);
            assertThat(metrics.scrape()).contains("skein_active_label_indices NaN");
        }
    }
}
