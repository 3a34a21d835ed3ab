package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.LiftedText.Literal;

final class LiftedTextTest {
    private static String key(String text) {
        return LiftedText.of(text).orElseThrow().key();
    }

    @Test
    void textsThatDifferInValuesOnlyShareAKey() {
        assertThat(key("MATCH (n:P {id: 1}) WHERE n.name = 'a' SET n.x = 1.5 RETURN n.y"))
                .isEqualTo(key("MATCH (n:P {id: 27}) WHERE n.name = 'long' SET n.x = 0.25 RETURN n.y"));
    }

    @Test
    void kindsOfValuesAndEqualitiesBetweenThemAreKeptApart() {
        assertThat(key("RETURN 1")).isNotEqualTo(key("RETURN 1.0")).isNotEqualTo(key("RETURN '1'"));
        assertThat(key("RETURN 1 + 1")).isEqualTo(key("RETURN 2 + 2")).isNotEqualTo(key("RETURN 1 + 2"));
    }

    @Test
    void whatIsNotAValueStays() {
        assertThat(key("MATCH (n {id: 1}) RETURN n LIMIT 3")).isNotEqualTo(key("MATCH (n {id: 1}) RETURN n LIMIT 4"));
        assertThat(key("MATCH (n {id: 1})-[*2]-(m) RETURN m")).isNotEqualTo(key("MATCH (n {id: 1})-[*3]-(m) RETURN m"));
        assertThat(key("MATCH (n {id: 1}) RETURN round(n.x, 2)"))
                .isNotEqualTo(key("MATCH (n {id: 1}) RETURN round(n.x, 3)"));
        assertThat(key("MATCH (n {id: 1}) WHERE n.x =~ 'a' RETURN n"))
                .isNotEqualTo(key("MATCH (n {id: 1}) WHERE n.x =~ 'b' RETURN n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN '\\n'",
                "RETURN 0x1F",
                "RETURN 1e9",
                "RETURN 9223372036854775807",
                "RETURN 1 // one",
                "RETURN 'open",
                "MATCH (n)) RETURN 1",
                "EXPLAIN RETURN 1",
                "CREATE INDEX ON :L(p)",
                "RETURN $p"
            })
    void aTextThatIsNotUnderstoodOrHasNothingToLiftIsLeftAlone(String text) {
        assertThat(LiftedText.of(text)).isEqualTo(Optional.empty());
    }

    @Test
    void columnsGetTheirLiteralsBack() {
        String text = "RETURN 1 + 'a', 1";
        LiftedText lifted = LiftedText.of(text).orElseThrow();
        assertThat(lifted.unmarked(lifted.marked(7, 14))).isEqualTo("1 + 'a'");
        assertThat(lifted.literals()).extracting(Literal::source).containsExactly("1", "'a'", "1");
    }
}
