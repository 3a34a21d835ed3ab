package skein.cypher.expression.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skein.cypher.expression.Evaluate;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;

final class OrderingTest {
    /** One value of each type, twice where two of one type show something, in ascending order. */
    private static final List<Value> ASCENDING = List.of(
            text("{}"),
            text("{a: 1}"),
            text("{b: 0}"),
            new NodeReference(1),
            new NodeReference(2),
            new RelationshipReference(1),
            text("[]"),
            text("['a', null]"),
            text("[1]"),
            text("[1, 0]"),
            text("[null]"),
            new PathReference(List.of(1L, 2L), List.of(7L)),
            new PathReference(List.of(1L, 3L), List.of(4L)),
            text("point({longitude: 1, latitude: 2})"),
            text("point({x: 1, y: 2})"),
            text("datetime('2024-01-01T12:00+02:00')"),
            text("datetime('2024-01-01T10:01Z')"),
            text("localdatetime('2024-01-01T00:00')"),
            text("date('-0001-01-01')"),
            text("date('2024-01-01')"),
            text("time('10:00+01:00')"),
            text("time('09:30Z')"),
            text("localtime('23:00')"),
            text("duration('P29D')"),
            text("duration('P1M')"),
            text("duration('P31D')"),
            text("'B'"),
            text("'a'"),
            text("false"),
            text("true"),
            Value.of(Double.NEGATIVE_INFINITY),
            text("-1"),
            text("0.5"),
            text("4611686018427387900"),
            text("4611686018427387905"),
            Value.of(Double.POSITIVE_INFINITY),
            Value.of(Double.NaN),
            Value.NULL);

    private static Value text(String expression) {
        return Evaluate.text(expression);
    }

    @Test
    void ordersTypesAndThenValues() {
        List<Value> shuffled = new ArrayList<>(ASCENDING);
        Collections.shuffle(shuffled, new Random(7));

        shuffled.sort(Ordering.ASCENDING);

        assertThat(shuffled).isEqualTo(ASCENDING);
    }

    @Test
    void isAntisymmetricAndTransitive() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                assertThat(Integer.signum(Ordering.ASCENDING.compare(ASCENDING.get(i), ASCENDING.get(j))))
                        .as("%s against %s", ASCENDING.get(i), ASCENDING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void stringsAreOrderedByCodePointAlsoBeyondTheBasicPlane() {
        assertThat(Ordering.strings("\uFB01", "\uD83D\uDE00")).isNegative();
        assertThat(Ordering.strings("\uD83D\uDE00", "\uFB01")).isPositive();
        assertThat(Ordering.strings("\uD83D\uDE00", "\uD83D\uDE01")).isNegative();
        assertThat(Ordering.strings("a", "ab")).isNegative();
    }

    @Test
    void integersAndFloatsAreComparedExactly() {
        Value large = Value.of((1L << 53) + 1);
        Value rounded = Value.of((double) (1L << 53));

        assertThat(Ordering.ASCENDING.compare(large, rounded)).isPositive();
        assertThat(Ordering.ASCENDING.compare(Value.of(Long.MAX_VALUE), Value.of(0x1p63)))
                .isNegative();
        assertThat(Ordering.ASCENDING.compare(Value.of(Long.MIN_VALUE), Value.of(-0x1p63)))
                .isZero();
        assertThat(Ordering.ASCENDING.compare(Value.of(0.0), Value.of(-0.0))).isZero();
        assertThat(Ordering.ASCENDING.compare(Value.of(-1L), Value.of(-1.5))).isPositive();
    }

    @Test
    void entitiesWithContentStandWhereTheirReferencesStand() {
        Value content = new Value.NodeValue(1, List.of("A"), new Value.MapValue(Map.of()));

        assertThat(Ordering.ASCENDING.compare(content, new NodeReference(1))).isZero();
    }
}
