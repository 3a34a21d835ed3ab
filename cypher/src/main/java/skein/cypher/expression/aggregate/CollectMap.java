package skein.cypher.expression.aggregate;

import java.util.LinkedHashMap;
import java.util.Map;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Footprint;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.StringValue;

/** {@code collect(key, value)}: a map; the last value of a key stays, rows with a null key are left out. */
final class CollectMap implements Aggregator {
    private final Evaluator key;
    private final Evaluator value;
    private final Map<String, Value> entries = new LinkedHashMap<>();

    CollectMap(Evaluator key, Evaluator value) {
        this.key = key;
        this.value = value;
    }

    @Override
    public void add(Value[] row, EvaluationContext context) {
        switch (key.evaluate(row, context)) {
            case Value.NullValue ignored -> {}
            case StringValue(String name) -> {
                Value added = value.evaluate(row, context);
                context.reserveMemory(Footprint.HASH_ENTRY_BYTES + name.length() + Footprint.bytes(added));
                entries.put(name, added);
            }
            case Value other ->
                throw Failure.type(
                        "InvalidArgumentValue",
                        "The key that collect makes a map with must be a String but is " + TypeName.withArticle(other)
                                + ".");
        }
    }

    @Override
    public Value result() {
        return new MapValue(entries);
    }
}
