package skein.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skein.graph.Value;

final class ValueHashTest {
    private static final List<Value> VALUES = values();

    private static List<Value> values() {
        List<Value> values = new ArrayList<>(List.of(
                Value.of(1L),
                Value.of(1.0),
                Value.of(0L),
                Value.of(0.0),
                Value.of(-0.0),
                Value.of(0.5),
                Value.of(Double.NaN),
                Value.of(Double.POSITIVE_INFINITY),
                Value.of(Long.MAX_VALUE),
                Value.of((double) Long.MAX_VALUE),
                Value.of(Long.MIN_VALUE),
                Value.of((double) Long.MIN_VALUE),
                Value.of((1L << 53) + 1),
                Value.of((double) (1L << 53)),
                Value.of("1"),
                Value.of(""),
                Value.TRUE,
                Value.FALSE,
                Value.NULL));
        List<Value> nested = new ArrayList<>();
        for (Value value : values) {
            nested.add(Value.of(List.of(value)));
            nested.add(new Value.MapValue(Map.of("k", value)));
        }
        values.addAll(nested);
        values.add(new Value.PointValue(Value.PointValue.CARTESIAN, 0.0, 1, Double.NaN));
        values.add(new Value.PointValue(Value.PointValue.CARTESIAN, -0.0, 1, Double.NaN));
        return values;
    }

    @Test
    void whatIsEqualHasTheSameHash() {
        for (Value left : VALUES) {
            for (Value right : VALUES) {
                if (ValueMatch.equal(left, right)) {
                    assertThat(ValueHash.of(left)).as("%s and %s", left, right).isEqualTo(ValueHash.of(right));
                }
            }
        }
    }

    @Test
    void numbersAreEqualByWhatTheyMean() {
        assertThat(ValueMatch.equal(Value.of(1L), Value.of(1.0))).isTrue();
        assertThat(ValueMatch.equal(Value.of(0.0), Value.of(-0.0))).isTrue();
        assertThat(ValueMatch.equal(Value.of((1L << 53) + 1), Value.of((double) (1L << 53))))
                .isFalse();
        assertThat(ValueMatch.equal(Value.of(Long.MAX_VALUE), Value.of((double) Long.MAX_VALUE)))
                .isFalse();
        assertThat(ValueMatch.equal(Value.of(Double.NaN), Value.of(Double.NaN))).isFalse();
        assertThat(ValueMatch.equal(Value.NULL, Value.NULL)).isFalse();
        assertThat(ValueMatch.equal(Value.of(List.of(Value.of(1L))), Value.of(List.of(Value.of(1.0)))))
                .isTrue();
        assertThat(ValueMatch.equal(Value.of(List.of(Value.NULL)), Value.of(List.of(Value.NULL))))
                .isFalse();
    }

    @Test
    void textsThatCollideInJavaDoNotCollideHere() {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 1 << 12; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            hashes.add(ValueHash.of(Value.of(text.toString())));
        }
        assertThat(hashes).hasSize(1 << 12);
    }
}
