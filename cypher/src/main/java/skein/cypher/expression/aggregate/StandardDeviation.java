package skein.cypher.expression.aggregate;

import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;

/** {@code stDev} of a sample and {@code stDevP} of a whole population, by Welford's method; 0.0 over too few values. */
final class StandardDeviation implements Accumulator {
    private final boolean sample;
    private long count;
    private double mean;
    private double squares;

    StandardDeviation(boolean sample) {
        this.sample = sample;
    }

    @Override
    public void add(Value value) {
        if (!Numbers.isNumber(value)) {
            throw Failure.type(
                    "InvalidArgumentValue",
                    "A standard deviation needs numbers but was given " + TypeName.withArticle(value) + ".");
        }
        double number = Numbers.asDouble(value);
        count++;
        double distance = number - mean;
        mean += distance / count;
        squares += distance * (number - mean);
    }

    @Override
    public Value result() {
        long divisor = sample ? count - 1 : count;
        return Value.of(divisor < 1 ? 0.0 : Math.sqrt(squares / divisor));
    }
}
