package skein.cypher.expression.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.PointValue;
import skein.storage.index.ValueMatch;
import skein.storage.index.ValueOrder;

/** What the storage compares for an index is what a query would compare. */
final class StoredOrderTest {
    private static List<Value> values() {
        LocalDateTime noon = LocalDateTime.of(2020, 2, 29, 12, 0);
        List<Value> scalars = List.of(
                Value.of(0L),
                Value.of(-0.0),
                Value.of(1L),
                Value.of(1.0),
                Value.of(1.5),
                Value.of(Long.MAX_VALUE),
                Value.of((double) Long.MAX_VALUE),
                Value.of((1L << 53) + 1),
                Value.of(0x1p53),
                Value.of(Double.NaN),
                Value.of(Double.NEGATIVE_INFINITY),
                Value.of(""),
                Value.of("a"),
                Value.of("\uE000"),
                Value.of("\uD83D\uDE00"),
                Value.of(true),
                Value.of(false),
                new Value.DateValue(LocalDate.of(2020, 2, 29)),
                new Value.LocalTimeValue(LocalTime.NOON),
                new Value.TimeValue(OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC)),
                new Value.TimeValue(OffsetTime.of(LocalTime.of(13, 0), ZoneOffset.ofHours(1))),
                new Value.LocalDateTimeValue(noon),
                new Value.DateTimeValue(ZonedDateTime.of(noon, ZoneOffset.UTC)),
                new Value.DateTimeValue(ZonedDateTime.of(noon.plusHours(1), ZoneOffset.ofHours(1))),
                new DurationValue(1, 0, 0, 0),
                new DurationValue(0, 30, 0, 0),
                new PointValue(PointValue.CARTESIAN, 1, 2, Double.NaN),
                new Value.BytesValue(new byte[] {-1}),
                new Value.BytesValue(new byte[] {1}),
                new MapValue(Map.of("k", Value.of(1L))));
        List<Value> all = new ArrayList<>(scalars);
        all.add(Value.of(List.of()));
        for (Value first : scalars.subList(0, 16)) {
            all.add(Value.of(List.of(first)));
            all.add(Value.of(List.of(first, Value.of(2L))));
            all.add(Value.of(List.of(new DurationValue(1, 0, 0, 0), first)));
        }
        return all;
    }

    @Test
    void storageAndExpressionsCompareAlike() {
        for (Value left : values()) {
            for (Value right : values()) {
                assertThat(ValueMatch.equal(left, right))
                        .as("%s = %s", left, right)
                        .isEqualTo(Equality.holds(left, right));
                var compared = ValueOrder.compare(left, right);
                assertThat(compared.isPresent() && compared.getAsInt() < 0)
                        .as("%s < %s", left, right)
                        .isEqualTo(Comparability.less(left, right) == Ternary.TRUE);
                assertThat(compared.isPresent() && compared.getAsInt() <= 0)
                        .as("%s <= %s", left, right)
                        .isEqualTo(Comparability.lessOrEqual(left, right) == Ternary.TRUE);
                assertThat(compared.isPresent() && compared.getAsInt() > 0)
                        .as("%s > %s", left, right)
                        .isEqualTo(Comparability.greater(left, right) == Ternary.TRUE);
            }
        }
    }
}
