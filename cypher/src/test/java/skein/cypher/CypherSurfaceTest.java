package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.SurfaceTable.Line;
import skein.cypher.fixture.TestDatabase;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The whole language, one statement a line, with what is answered: {@code surface.txt}. A statement that is known and
 * not offered is refused by name; none is a syntax error.
 */
final class CypherSurfaceTest {
    @TempDir
    Path directory;

    private final List<TestDatabase> databases = new ArrayList<>();

    @AfterEach
    void close() {
        databases.forEach(TestDatabase::close);
    }

    @TestFactory
    Stream<DynamicTest> everyConstructIsAnsweredAsTheTableSays() {
        return SurfaceTable.sections().stream().flatMap(section -> {
            Fixture fixture = new Fixture();
            return section.lines().stream()
                    .map(line -> dynamicTest(section.title() + ": " + line.statement(), () -> fixture.check(line)));
        });
    }

    /** The graph of a section: made by its graph lines, and kept from statement to statement. */
    private final class Fixture {
        private TestDatabase database = fresh();

        private TestDatabase fresh() {
            TestDatabase made = new TestDatabase(directory.resolve("db" + databases.size()));
            databases.add(made);
            return made;
        }

        void check(Line line) {
            switch (line.kind()) {
                case GRAPH -> {
                    database = fresh();
                    for (String statement : line.statement().split(";")) {
                        database.run(statement);
                    }
                }
                case ROWS ->
                    assertThat(SurfaceTable.text(database.run(line.statement()).rows()))
                            .isEqualTo(line.expected());
                case OK -> database.run(line.statement());
                case SESSION -> {
                    PreparedQuery query = database.engine().prepare(line.statement());
                    assertThat(query.columns()).isEmpty();
                }
                case REFUSED -> {
                    SkeinException failure = failure(line.statement());
                    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
                    assertThat(failure).hasMessageContaining(line.expected());
                }
                case ERROR -> {
                    SkeinException failure = failure(line.statement());
                    assertThat(failure.code()).as(failure.getMessage()).isNotEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
                    assertThat(failure).hasMessageContaining(line.expected());
                }
            }
        }

        private SkeinException failure(String statement) {
            try {
                var answer = database.run(statement);
                throw new AssertionError("answered " + SurfaceTable.text(answer.rows()) + ": " + statement);
            } catch (SkeinException e) {
                return e;
            }
        }
    }
}
