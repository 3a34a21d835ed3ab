package skein.cypher.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import skein.cypher.syntax.CypherParser;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Rules that the TCK does not test, or does not test where they stand here; it has a test of its own. */
class SemanticCheckTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/skein/cypher/check/refused-queries.txt", delimiter = '~', quoteCharacter = '\0')
    void refuses(String query, String detail) {
        assertThatThrownBy(() -> check(query))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR))
                .hasMessageContaining("[" + detail + "]");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/skein/cypher/check/accepted-queries.txt", delimiter = '~', quoteCharacter = '\0')
    void accepts(String query) {
        assertThatCode(() -> check(query)).doesNotThrowAnyException();
    }

    @Test
    void aPropertyOfAValueThatHasNoneIsATypeError() {
        assertThatThrownBy(() -> check("WITH 1 AS x RETURN x.y"))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.TYPE_ERROR))
                .hasMessageContaining("[InvalidArgumentType]");
    }

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> check("MATCH (person) RETURN persn.name")).hasMessage("""
                        Variable `persn` is not defined. Did you mean `person`? [UndefinedVariable] (line 1, column 23)
                        MATCH (person) RETURN persn.name
                                              ^""");
        assertThatThrownBy(() -> check("MATCH (n) WITH n.x AS x RETURN n")).hasMessageContaining("did not pass it on");
        assertThatThrownBy(() -> check("RETURN name")).hasMessageContaining("write $name for a parameter");
        assertThatThrownBy(() -> check("RETURN lenght([1]) AS x")).hasMessageContaining("Did you mean `length`?");
    }

    private static void check(String query) {
        SemanticCheck.check(CypherParser.parse(query), query);
    }
}
