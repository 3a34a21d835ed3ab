package skein.naive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;

/** Many values to one. */
final class Aggregates {
    static final Set<String> NAMES =
            Set.of("count", "sum", "avg", "min", "max", "collect", "percentiledisc", "percentilecont");

    private Aggregates() {}

    /** @param all what the argument was in each row, null among it */
    static Value of(String name, List<Value> all, boolean distinct, List<Value> parameters) {
        List<Value> values = new ArrayList<>(all);
        values.removeIf(Value::isNull);
        if (distinct) {
            Map<Object, Value> byKey = new LinkedHashMap<>();
            values.forEach(value -> byKey.putIfAbsent(Comparisons.key(value), value));
            values = List.copyOf(byKey.values());
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "count" -> Value.of(values.size());
            case "collect" -> Value.of(values);
            case "min" -> values.stream().min(Comparisons.ORDER).orElse(Value.NULL);
            case "max" -> values.stream().max(Comparisons.ORDER).orElse(Value.NULL);
            case "sum" -> sum(values);
            case "avg" -> values.isEmpty() ? Value.NULL : Value.of(Arithmetic.asFloat(sum(values)) / values.size());
            case "percentiledisc" -> values.isEmpty() ? Value.NULL : discrete(sorted(values), parameters.getFirst());
            case "percentilecont" -> values.isEmpty() ? Value.NULL : continuous(sorted(values), parameters.getFirst());
            default -> throw Unjudged.unknown(name);
        };
    }

    private static Value sum(List<Value> values) {
        if (values.stream().allMatch(IntegerValue.class::isInstance)) {
            BigInteger sum = BigInteger.ZERO;
            for (Value value : values) {
                sum = sum.add(BigInteger.valueOf(Functions.integer(value)));
            }
            return Arithmetic.fitting(sum);
        }
        double sum = 0;
        for (Value value : values) {
            sum += Arithmetic.asFloat(value);
        }
        return Value.of(sum);
    }

    private static List<Value> sorted(List<Value> values) {
        values.forEach(Arithmetic::asFloat);
        return values.stream().sorted(Comparisons.ORDER).toList();
    }

    private static double fraction(Value percentile) {
        double fraction = Arithmetic.asFloat(percentile);
        if (!(fraction >= 0 && fraction <= 1)) {
            throw NaiveFailure.argument("a percentile of " + fraction);
        }
        return fraction;
    }

    /** The smallest value that is not below so many of them. */
    private static Value discrete(List<Value> sorted, Value percentile) {
        int count = (int) Math.ceil(fraction(percentile) * sorted.size());
        return sorted.get(Math.max(count, 1) - 1);
    }

    private static Value continuous(List<Value> sorted, Value percentile) {
        double place = fraction(percentile) * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        double low = Arithmetic.asFloat(sorted.get(below));
        double high = Arithmetic.asFloat(sorted.get((int) Math.ceil(place)));
        return new FloatValue(low + (high - low) * (place - below));
    }
}
