package skein.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.graph.Value.PointValue;
import skein.storage.api.PropertyCondition;
import skein.storage.api.PropertyCondition.Bound;

final class IndexKeyTest {
    private static final List<Value> VALUES;

    static {
        SplittableRandom random = new SplittableRandom(17);
        VALUES = Stream.generate(() -> RandomValues.any(random)).limit(1500).toList();
    }

    @Test
    void keysFollowTheOrderOfValues() {
        for (Value left : VALUES) {
            for (Value right : VALUES) {
                OptionalInt compared = ValueOrder.compare(left, right);
                int keys = IndexKey.of(left).compareTo(IndexKey.of(right));
                if (ValueMatch.equal(left, right)) {
                    assertThat(keys).as("%s = %s", left, right).isZero();
                } else if (compared.isPresent() && compared.getAsInt() < 0) {
                    assertThat(keys).as("%s < %s", left, right).isLessThanOrEqualTo(0);
                }
            }
        }
    }

    @Test
    void differentNumbersAndShortTextsHaveDifferentKeys() {
        for (Value left : VALUES) {
            for (Value right : VALUES) {
                boolean exact = left instanceof Value.IntegerValue && right instanceof Value.IntegerValue
                        || left instanceof Value.StringValue(String a)
                                && right instanceof Value.StringValue(String b)
                                && a.length() < 15
                                && b.length() < 15;
                if (exact && !left.equals(right)) {
                    assertThat(IndexKey.of(left)).isNotEqualTo(IndexKey.of(right));
                }
            }
        }
    }

    @Test
    void theShortWayToAnIntegersKeyLeadsToTheSameKey() {
        for (long number : new long[] {0, 1, -1, 5, -5, 1000, (1L << 44) - 1, 1 - (1L << 44), 123_456_789}) {
            KeyWriter writer = new KeyWriter(1);
            writer.component(Value.of(number));
            assertThat(IndexKey.of(Value.of(number))).isEqualTo(writer.toKey());
        }
    }

    @Test
    void theOrderOfSeveralValuesIsThatOfTheFirstThenOfTheSecond() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            Value[] left = {any(random), any(random)};
            Value[] right = {any(random), any(random)};
            OptionalInt first = ValueOrder.compare(left[0], right[0]);
            OptionalInt second = ValueOrder.compare(left[1], right[1]);
            boolean less = first.isPresent()
                    && second.isPresent()
                    && (first.getAsInt() < 0 || first.getAsInt() == 0 && second.getAsInt() <= 0);
            if (less && isShort(left[0]) && isShort(right[0])) {
                assertThat(IndexKey.of(left)).isLessThanOrEqualTo(IndexKey.of(right));
            }
        }
    }

    /** Of long texts the end is not in the key, so that what follows decides too early. */
    private static boolean isShort(Value value) {
        return value.toString().length() < 40;
    }

    private static Value any(SplittableRandom random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    @Test
    void rangesHoldEverythingThatMeetsTheConditions() {
        SplittableRandom random = new SplittableRandom(5);
        int met = 0;
        for (int i = 0; i < 300_000; i++) {
            Value[] values = {any(random), any(random)};
            Value[] near = {random.nextBoolean() ? values[0] : any(random), any(random)};
            List<PropertyCondition> conditions = conditions(random, near);
            boolean holds = true;
            for (int c = 0; c < conditions.size(); c++) {
                holds &= ConditionMatch.holds(conditions.get(c), values[c]);
            }
            if (holds) {
                met++;
                IndexKey key = IndexKey.of(values);
                assertThat(IndexSearch.ranges(conditions, 2))
                        .as("%s of %s", conditions, List.of(values))
                        .anyMatch(range -> contains(range, key));
            }
        }
        assertThat(met).isGreaterThan(10_000);
    }

    @Test
    void aBoxIsCoveredByFewRanges() {
        SplittableRandom random = new SplittableRandom(7);
        int inside = 0;
        for (int i = 0; i < 20_000; i++) {
            PointValue a = RandomValues.point(random);
            PointValue b = new PointValue(a.srid(), a.x() + random.nextDouble(20), a.y() + random.nextDouble(20), 90);
            List<KeyRange> ranges = IndexSearch.pointRanges(new PropertyCondition.WithinBox(a, b));
            assertThat(ranges).hasSizeLessThan(130);
            PointValue point = new PointValue(
                    a.srid(), a.x() + random.nextDouble(-5, 20), a.y() + random.nextDouble(-5, 20), a.z());
            if (ConditionMatch.holds(new PropertyCondition.WithinBox(a, b), point)) {
                inside++;
                IndexKey key = IndexSearch.pointKey(point);
                assertThat(ranges).anyMatch(range -> contains(range, key));
            }
        }
        assertThat(inside).isGreaterThan(1000);
    }

    @Test
    void aSmallBoxLeavesMostOfTheGridOut() {
        PointValue center = new PointValue(PointValue.WGS_84, 13.4, 52.5, Double.NaN);
        PointValue corner = new PointValue(PointValue.WGS_84, 13.5, 52.6, Double.NaN);
        List<KeyRange> ranges = IndexSearch.pointRanges(new PropertyCondition.WithinBox(center, corner));
        IndexKey near = IndexSearch.pointKey(new PointValue(PointValue.WGS_84, 13.7, 52.5, Double.NaN));
        assertThat(ranges).isNotEmpty().noneMatch(range -> contains(range, near));
    }

    private static List<PropertyCondition> conditions(SplittableRandom random, Value[] near) {
        PropertyCondition first = condition(random, near[0]);
        return random.nextBoolean() ? List.of(first) : List.of(first, condition(random, near[1]));
    }

    private static PropertyCondition condition(SplittableRandom random, Value near) {
        Optional<Bound> bound = Optional.of(new Bound(near, random.nextBoolean()));
        return switch (random.nextInt(5)) {
            case 0 -> new PropertyCondition.Between(bound, Optional.empty());
            case 1 -> new PropertyCondition.Between(Optional.empty(), bound);
            case 2 -> new PropertyCondition.Between(bound, Optional.of(new Bound(any(random), random.nextBoolean())));
            case 3 ->
                near instanceof Value.StringValue(String text)
                        ? new PropertyCondition.StartsWith(text.substring(0, text.length() / 2))
                        : new PropertyCondition.Present();
            default -> new PropertyCondition.Equal(near);
        };
    }

    private static boolean contains(KeyRange range, IndexKey key) {
        int end = key.compareTo(range.to());
        return key.compareTo(range.from()) >= 0 && (end < 0 || end == 0 && range.inclusive());
    }
}
