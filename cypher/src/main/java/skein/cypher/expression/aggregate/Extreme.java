package skein.cypher.expression.aggregate;

import skein.cypher.expression.value.Ordering;
import skein.graph.Value;

/** {@code min} and {@code max}: the first or last value in the order of ORDER BY; null when there is none. */
final class Extreme implements Accumulator {
    private final int sign;
    private Value extreme = Value.NULL;

    /** @param sign 1 for the largest value, -1 for the smallest */
    Extreme(int sign) {
        this.sign = sign;
    }

    @Override
    public void add(Value value) {
        if (extreme.isNull() || sign * Ordering.ASCENDING.compare(value, extreme) > 0) {
            extreme = value;
        }
    }

    @Override
    public Value result() {
        return extreme;
    }
}
