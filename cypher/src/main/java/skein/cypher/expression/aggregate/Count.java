package skein.cypher.expression.aggregate;

import skein.graph.Value;

/** {@code count}. */
final class Count implements Accumulator {
    private long count;

    @Override
    public void add(Value value) {
        count++;
    }

    @Override
    public Value result() {
        return Value.of(count);
    }
}
