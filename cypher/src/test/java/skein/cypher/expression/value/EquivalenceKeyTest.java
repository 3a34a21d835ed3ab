package skein.cypher.expression.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.expression.Evaluate;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;

final class EquivalenceKeyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    1                   | 1.0
                    0.0                 | -0.0
                    null                | null
                    0.0 / 0.0           | 0.0 / 0.0
                    [1, [2.0]]          | [1.0, [2]]
                    {a: 1, b: null}     | {b: null, a: 1.0}
                    [null]              | [null]
                    1000000             | 1e6
                    -9223372036854775808 | -9223372036854775808.0
                    point({x: 0, y: 1}) | point({x: -0.0, y: 1.0})
                    """)
    void equivalentValuesHaveOneKey(String left, String right) {
        EquivalenceKey key = EquivalenceKey.of(Evaluate.text(left));

        assertThat(key).isEqualTo(EquivalenceKey.of(Evaluate.text(right)));
        assertThat(key).hasSameHashCodeAs(EquivalenceKey.of(Evaluate.text(right)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    1                | 1.5
                    1                | '1'
                    1                | true
                    null             | false
                    []               | null
                    [1]              | [1, null]
                    {a: 1}           | {b: 1}
                    {a: null}        | {}
                    9007199254740993 | 9007199254740992.0
                    date('2024-01-01') | localdatetime('2024-01-01')
                    time('10:00+01:00') | time('09:00Z')
                    duration('P1D')  | duration('PT24H')
                    """)
    void otherValuesDoNot(String left, String right) {
        assertThat(EquivalenceKey.of(Evaluate.text(left))).isNotEqualTo(EquivalenceKey.of(Evaluate.text(right)));
    }

    @Test
    void severalValuesMakeOneKey() {
        Value[] row = {Value.of(1L), Value.NULL};

        assertThat(EquivalenceKey.of(row)).isEqualTo(EquivalenceKey.of(new Value[] {Value.of(1.0), Value.NULL}));
        assertThat(EquivalenceKey.of(row)).isNotEqualTo(EquivalenceKey.of(new Value[] {Value.NULL, Value.of(1.0)}));
    }

    @Test
    void aNodeIsTheSameWithAndWithoutItsContent() {
        NodeValue content = new NodeValue(3, List.of("A"), MapValue.EMPTY);

        assertThat(EquivalenceKey.of(Value.of(List.of(content))))
                .isEqualTo(EquivalenceKey.of(Value.of(List.of(new NodeReference(3)))));
    }
}
