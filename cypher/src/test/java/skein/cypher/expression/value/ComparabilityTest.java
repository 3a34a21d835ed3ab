package skein.cypher.expression.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.expression.Evaluate;
import skein.graph.Value;

final class ComparabilityTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    1            | 2         | LESS
                    1            | 1.0       | EQUAL
                    9007199254740993 | 9007199254740992.0 | GREATER
                    1            | 'a'       | UNKNOWN
                    1            | null      | UNKNOWN
                    0.0 / 0.0    | 1         | UNORDERED
                    0.0 / 0.0    | 'a'       | UNKNOWN
                    false        | true      | LESS
                    'B'          | 'a'       | LESS
                    [1, 0]       | [1]       | GREATER
                    [1, 2]       | [1, null] | UNKNOWN
                    [1, 2]       | [3, null] | LESS
                    [1, 'a']     | [1, 2]    | UNKNOWN
                    [1]          | [0.0/0.0] | UNORDERED
                    {a: 1}       | {a: 2}    | UNKNOWN
                    duration('P1D') | duration('P2D') | UNKNOWN
                    date('2024-01-01') | date('2024-01-02') | LESS
                    date('2024-01-01') | localdatetime('2024-01-02') | UNKNOWN
                    time('10:00+01:00') | time('09:30Z') | LESS
                    datetime('2024-01-01T12:00+05:00') | datetime('2024-01-01T12:00Z') | LESS
                    """)
    void comparesWithinTypes(String left, String right, Comparability.Relation expected) {
        Value a = Evaluate.text(left);
        Value b = Evaluate.text(right);

        assertThat(Comparability.compare(a, b)).isEqualTo(expected);
        assertThat(Comparability.less(a, b)).isEqualTo(Comparability.greater(b, a));
        assertThat(Comparability.lessOrEqual(a, b)).isEqualTo(Comparability.greaterOrEqual(b, a));
    }

    @ParameterizedTest
    @CsvSource({"LESS,TRUE,TRUE", "EQUAL,FALSE,TRUE", "GREATER,FALSE,FALSE", "UNORDERED,FALSE,FALSE"})
    void aRelationDecidesTheOperators(Comparability.Relation relation, Ternary less, Ternary lessOrEqual) {
        Value left = relation == Comparability.Relation.UNORDERED ? Value.of(Double.NaN) : Value.of(1L);
        Value right = switch (relation) {
            case LESS -> Value.of(2L);
            case EQUAL -> Value.of(1.0);
            case GREATER, UNORDERED, UNKNOWN -> Value.of(0L);
        };

        assertThat(Comparability.less(left, right)).isEqualTo(less);
        assertThat(Comparability.lessOrEqual(left, right)).isEqualTo(lessOrEqual);
    }
}
