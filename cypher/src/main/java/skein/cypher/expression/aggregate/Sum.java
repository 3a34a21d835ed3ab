package skein.cypher.expression.aggregate;

import skein.cypher.expression.temporal.Durations;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;

/**
 * {@code sum}: an integer over integers alone, a float as soon as there is one, or a duration over durations; 0 over
 * nothing.
 */
final class Sum implements Accumulator {
    private final IntegerSum integers = new IntegerSum();
    private final FloatSum floats = new FloatSum();
    private DurationValue durations = Durations.ZERO;
    private boolean anyFloat;
    private boolean anyNumber;
    private boolean anyDuration;

    @Override
    public void add(Value value) {
        switch (value) {
            case IntegerValue(long number) -> {
                integers.add(number);
                anyNumber = true;
            }
            case FloatValue(double number) -> {
                floats.add(number);
                anyFloat = true;
                anyNumber = true;
            }
            case DurationValue duration -> {
                durations = Durations.plus(durations, duration);
                anyDuration = true;
            }
            default -> throw notSummable("sum", TypeName.withArticle(value));
        }
        if (anyNumber && anyDuration) {
            throw notSummable("sum", "both");
        }
    }

    static RuntimeException notSummable(String function, String given) {
        return Failure.type(
                "InvalidArgumentValue", function + " takes either numbers or Durations but was given " + given + ".");
    }

    @Override
    public Value result() {
        if (anyDuration) {
            return durations;
        }
        return anyFloat ? Value.of(floats.value() + integers.approximate()) : Value.of(integers.value());
    }
}
