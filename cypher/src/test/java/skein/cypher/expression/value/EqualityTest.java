package skein.cypher.expression.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.expression.Evaluate;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;

final class EqualityTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    null             | null             | UNKNOWN
                    1                | null             | UNKNOWN
                    1                | 1.0              | TRUE
                    '1'              | 1                | FALSE
                    0.0              | -0.0             | TRUE
                    4611686018427387905 | 4611686018427387900 | FALSE
                    9007199254740993 | 9007199254740992.0 | FALSE
                    0.0 / 0.0        | 0.0 / 0.0        | FALSE
                    0.0 / 0.0        | 1                | FALSE
                    [null]           | [1]              | UNKNOWN
                    [1, 2]           | [null, 'foo']    | FALSE
                    [1, null]        | [1]              | FALSE
                    []               | []               | TRUE
                    [1, [2]]         | [1.0, [2]]       | TRUE
                    {}               | {k: null}        | FALSE
                    {k: null}        | {k: null}        | UNKNOWN
                    {k: 1, l: null}  | {k: null, l: null} | UNKNOWN
                    {k: 1, l: null}  | {k: 2, l: null}  | FALSE
                    {a: 1, b: 2}     | {b: 2, a: 1}     | TRUE
                    duration('PT70S') | duration('PT1M10S') | TRUE
                    duration('P13M') | duration('P395D') | FALSE
                    duration('P13DT40H') | duration('P14DT16H') | FALSE
                    date('2024-01-01') | localdatetime('2024-01-01') | FALSE
                    datetime('2024-01-01T10:00Z') | datetime('2024-01-01T11:00+01:00') | FALSE
                    point({x: 1, y: 2}) | point({x: 1.0, y: 2.0}) | TRUE
                    point({x: 1, y: 2}) | point({longitude: 1, latitude: 2}) | FALSE
                    """)
    void comparesContentInThreeValues(String left, String right, Ternary expected) {
        assertThat(Equality.test(Evaluate.text(left), Evaluate.text(right))).isEqualTo(expected);
        assertThat(Equality.test(Evaluate.text(right), Evaluate.text(left))).isEqualTo(expected);
    }

    @Test
    void entitiesAreEqualByIdentityWithinTheirKind() {
        PathReference path = new PathReference(List.of(1L, 1L), List.of(5L));

        assertThat(Equality.holds(new NodeReference(1), new NodeReference(1))).isTrue();
        assertThat(Equality.holds(new NodeReference(1), new RelationshipReference(1)))
                .isFalse();
        assertThat(Equality.holds(new NodeReference(1), Value.of(1L))).isFalse();
        assertThat(Equality.holds(path, new PathReference(List.of(1L, 1L), List.of(5L))))
                .isTrue();
        assertThat(Equality.holds(path, new PathReference(List.of(1L, 1L), List.of(6L))))
                .isFalse();
    }
}
