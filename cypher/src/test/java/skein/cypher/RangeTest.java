package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.fixture.TestDatabase;
import skein.graph.Value;
import skein.vocabulary.SkeinException;

/** Who goes through a range has no list of it in memory; who asks for the list is told when it is too long. */
final class RangeTest {
    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory.resolve("db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<Long> numbers(String query) {
        return database.run(query).rows().stream()
                .map(row -> ((Value.IntegerValue) row.getFirst()).value())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1, 3 | 1,2,3",
                "3, 1 | ''",
                "3, 1, -1 | 3,2,1",
                "1, 8, 3 | 1,4,7",
                "5, 5 | 5",
                "9223372036854775806, 9223372036854775807 | 9223372036854775806,9223372036854775807",
                "-9223372036854775808, 9223372036854775807, 9223372036854775807 | -9223372036854775808,-1,9223372036854775806",
                "0, -9223372036854775808, -9223372036854775808 | 0,-9223372036854775808",
            })
    void elementsOfARangeAreThoseOfItsList(String arguments, String expected) {
        List<Long> wanted = expected.isEmpty()
                ? List.of()
                : List.of(expected.split(",")).stream().map(Long::valueOf).toList();
        assertThat(numbers("UNWIND range(" + arguments + ") AS x RETURN x")).isEqualTo(wanted);
        assertThat(numbers("WITH range(" + arguments + ") AS list UNWIND list AS x RETURN x"))
                .isEqualTo(wanted);
        assertThat(numbers("FOREACH (x IN range(" + arguments
                        + ") | CREATE (:N {x: x})) WITH 1 AS one MATCH (n:N) RETURN n.x ORDER BY id(n)"))
                .isEqualTo(wanted);
    }

    @Test
    void rangeLongerThanAnyListIsUnwoundRowByRow() {
        assertThat(numbers("UNWIND range(1, 9223372036854775807) AS x RETURN x LIMIT 3"))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void listOfIntegersThatIsTooLongIsRefusedInWords() {
        assertThatThrownBy(() -> database.run("RETURN range(1, 9223372036854775807)"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("a list holds at most");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1, 3, 0 | cannot take steps of 0",
                "1, 'a' | range takes Integers",
                "1.0, 2 | range takes Integers"
            })
    void wrongBoundsAreRefusedAlsoWhereNoListIsMade(String arguments, String message) {
        assertThatThrownBy(() -> database.run("UNWIND range(" + arguments + ") AS x RETURN x"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining(message);
    }
}
