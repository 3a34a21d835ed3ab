package skein.cypher.expression.aggregate;

import java.util.ArrayList;
import java.util.List;
import skein.graph.Value;

/** {@code collect(value)}. */
final class Collect implements Accumulator {
    private final List<Value> values = new ArrayList<>();

    @Override
    public void add(Value value) {
        values.add(value);
    }

    @Override
    public Value result() {
        return Value.of(values);
    }
}
