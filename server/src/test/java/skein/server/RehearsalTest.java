package skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;

/** What an instance rehearses is understood by it, and leaves no trace. */
final class RehearsalTest {
    private static final SessionConfig READING =
            SessionConfig.builder().withDefaultAccessMode(AccessMode.READ).build();

    @TempDir
    Path directory;

    @Test
    void everyStatementIsPlannedAndChangesNothing() {
        Node node = Node.start(ResolvedSettings.resolve(new SettingSources(
                Map.of("bolt-port", "0", "data-directory", directory.toString()),
                Map.of(),
                Optional.empty(),
                Optional.empty())));
        try (Driver driver = GraphDatabase.driver("bolt://" + node.boltAddress());
                Session session = driver.session(READING)) {
            for (String statement : Rehearsal.STATEMENTS) {
                assertThat(session.run(statement, Map.of("id", 1)).list())
                        .as(statement)
                        .isNotEmpty();
            }
            assertThat(session.run("MATCH (n) RETURN count(n)").single().get(0).asLong())
                    .isZero();
            assertThat(session.run("CALL db.labels() YIELD label RETURN collect(label)")
                            .single()
                            .get(0)
                            .asList())
                    .isEmpty();
        } finally {
            node.close();
        }
    }
}
