package skein.cypher.expression.aggregate;

import java.math.BigDecimal;
import java.math.MathContext;
import skein.cypher.expression.temporal.Durations;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;

/** {@code avg}: a float over numbers, a duration over durations, null over nothing. */
final class Average implements Accumulator {
    private final IntegerSum integers = new IntegerSum();
    private final FloatSum floats = new FloatSum();
    private DurationValue durations = Durations.ZERO;
    private long integerCount;
    private long floatCount;
    private long durationCount;

    /** Mean of the floats by steps: less exact than the sum, but finite where the sum is not. */
    private double runningMean;

    @Override
    public void add(Value value) {
        switch (value) {
            case IntegerValue(long number) -> {
                integers.add(number);
                integerCount++;
            }
            case FloatValue(double number) -> {
                floats.add(number);
                floatCount++;
                runningMean += number / floatCount - runningMean / floatCount;
            }
            case DurationValue duration -> {
                durations = Durations.plus(durations, duration);
                durationCount++;
            }
            default -> throw Sum.notSummable("avg", TypeName.withArticle(value));
        }
        if (durationCount > 0 && integerCount + floatCount > 0) {
            throw Sum.notSummable("avg", "both");
        }
    }

    @Override
    public Value result() {
        if (durationCount > 0) {
            return Durations.divide(durations, (double) durationCount);
        }
        long count = integerCount + floatCount;
        if (count == 0) {
            return Value.NULL;
        }
        return Value.of(floatCount == 0 ? integerMean() : mean(count));
    }

    private double integerMean() {
        return new BigDecimal(integers.exact())
                .divide(BigDecimal.valueOf(integerCount), MathContext.DECIMAL128)
                .doubleValue();
    }

    private double mean(long count) {
        double sum = floats.value() + integers.approximate();
        if (Double.isInfinite(sum) && Double.isFinite(runningMean)) {
            return runningMean * ((double) floatCount / count) + integers.approximate() / count;
        }
        return sum / count;
    }
}
