package skein.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;

/** The expected values, and when they are the same as actual ones. */
class ExpectedValueTest {
    private static final CanonicalText TEXT = new CanonicalText(false);

    @Test
    void readsWhatTheTckWrites() {
        assertThat(ExpectedValue.read("null")).isEqualTo(Value.NULL);
        assertThat(ExpectedValue.read("-3")).isEqualTo(Value.of(-3));
        assertThat(ExpectedValue.read("-.5e2")).isEqualTo(Value.of(-50.0));
        assertThat(ExpectedValue.read("'a\\'b\\\\c'")).isEqualTo(Value.of("a'b\\c"));
        assertThat(ExpectedValue.read("[1, [], 'x']"))
                .isEqualTo(Value.of(List.of(Value.of(1), Value.of(List.of()), Value.of("x"))));
        assertThat(ExpectedValue.read("{a: true, `b c`: NaN}"))
                .isEqualTo(new MapValue(Map.of("a", Value.TRUE, "b c", Value.of(Double.NaN))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "one", "'open", "[1", "[1 2]", "{a 1}", "{: 1}", "(:A", "(:)", "<()-[:T]-()>", "1 1", "1d"})
    void refusesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> ExpectedValue.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot read the expected value " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "0.0 ~ -0.0",
                "10.0 ~ 1e1",
                "(:A:B {x: 1, y: 2}) ~ (:B:A {y: 2, x: 1})",
                "{a: 1, b: 2} ~ {b: 2, a: 1}",
                "() ~ ( )",
                "[:T {x: 1}] ~ [ :T {x:1}]"
            })
    void isTheSame(String one, String other) {
        assertThat(text(one)).isEqualTo(text(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "1 ~ 1.0",
                "1 ~ '1'",
                "null ~ 'null'",
                "[1, 2] ~ [2, 1]",
                "() ~ (:A)",
                "(:A) ~ (:A {x: null})",
                "[:T] ~ [:t]",
                "[] ~ [null]",
                "NaN ~ null",
                "<(:A)-[:T]->(:B)> ~ <(:A)<-[:T]-(:B)>",
                "<(:A)-[:T]->(:B)> ~ <(:B)<-[:T]-(:A)>",
                "'a' ~ 'A'"
            })
    void isNotTheSame(String one, String other) {
        assertThat(text(one)).isNotEqualTo(text(other));
    }

    @Test
    void pathsAreTheSameWhateverTheirIds() {
        NodeValue a = new NodeValue(71, List.of("A"), MapValue.EMPTY);
        NodeValue b = new NodeValue(70, List.of("B"), MapValue.EMPTY);
        RelationshipValue r = new RelationshipValue(5, 70, 71, "T", MapValue.EMPTY);
        assertThat(TEXT.of(new PathValue(List.of(a, b), List.of(r)))).isEqualTo(text("<(:A)<-[:T]-(:B)>"));
        assertThat(TEXT.of(new PathValue(List.of(b, a), List.of(r)))).isEqualTo(text("<(:B)-[:T]->(:A)>"));
    }

    @Test
    void temporalValuesAreTheirIsoText() {
        assertThat(TEXT.of(new Value.LocalTimeValue(LocalTime.of(12, 0)))).isEqualTo(text("'12:00'"));
        assertThat(TEXT.of(new DurationValue(14, -3, 3_661, 1_000_000))).isEqualTo(text("'P1Y2M-3DT1H1M1.001S'"));
        assertThat(TEXT.of(new DurationValue(0, 0, -1, 500_000_000))).isEqualTo(text("'PT-0.5S'"));
        assertThat(TEXT.of(new DurationValue(0, 0, 0, 0))).isEqualTo(text("'PT0S'"));
    }

    private static String text(String expected) {
        return TEXT.of(ExpectedValue.read(expected));
    }
}
