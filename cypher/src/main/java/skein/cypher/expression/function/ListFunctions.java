package skein.cypher.expression.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.cypher.expression.value.Entities;
import skein.cypher.expression.value.EquivalenceKey;
import skein.cypher.expression.value.Failure;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.StringValue;

/** Functions of lists, and those that lists share with strings. */
final class ListFunctions {
    /** What one element of a list of integers takes at most: a reference and an object of one long. */
    private static final long BYTES_PER_ELEMENT = 24;

    private static final int ELEMENTS_PER_CHECK = 1 << 10;
    private static final int ELEMENTS_MAX = Integer.MAX_VALUE - 8;

    private ListFunctions() {}

    static void define(Definitions definitions) {
        definitions.unary("size", ListFunctions::size);
        definitions.unary("isEmpty", value -> Value.of(size(value).equals(Value.of(0L))));
        definitions.unary("head", list -> first(Arguments.list(list, "head")));
        definitions.unary("last", list -> last(Arguments.list(list, "last")));
        definitions.unary("tail", list -> tail(Arguments.list(list, "tail")));
        definitions.unary("reverse", ListFunctions::reverse);
        definitions.unary("toSet", list -> toSet(Arguments.list(list, "toSet")));
        definitions.general(
                IntegerRange.NAME,
                IntegerRange.ARGUMENTS_MIN,
                IntegerRange.ARGUMENTS_MAX,
                Kind.PURE,
                ListFunctions::range);
        definitions.strict("uniformSample", 2, 2, Kind.VOLATILE, ListFunctions::uniformSample);
    }

    private static Value size(Value value) {
        return switch (value) {
            case ListValue list -> Value.of((long) list.values().size());
            case StringValue(String text) -> Value.of((long) text.codePointCount(0, text.length()));
            case MapValue map -> Value.of((long) map.entries().size());
            case Value.Entity path
            when Entities.isPath(path) ->
                Value.of((long) Entities.relationshipIds(path).size());
            default -> throw Arguments.wrongType("size", "a List, a String, a Map or a Path", value);
        };
    }

    private static Value first(List<Value> list) {
        return list.isEmpty() ? Value.NULL : list.get(0);
    }

    private static Value last(List<Value> list) {
        return list.isEmpty() ? Value.NULL : list.get(list.size() - 1);
    }

    private static Value tail(List<Value> list) {
        return list.size() <= 1 ? ListValue.EMPTY : Value.of(list.subList(1, list.size()));
    }

    private static Value reverse(Value value) {
        if (value instanceof StringValue(String text)) {
            return Value.of(new StringBuilder(text).reverse().toString());
        }
        List<Value> reversed = new ArrayList<>(Arguments.list(value, "reverse"));
        Collections.reverse(reversed);
        return Value.of(reversed);
    }

    private static Value toSet(List<Value> list) {
        Map<EquivalenceKey, Value> distinct = new LinkedHashMap<>();
        list.forEach(value -> distinct.putIfAbsent(EquivalenceKey.of(value), value));
        return Value.of(List.copyOf(distinct.values()));
    }

    private static Value range(List<Value> arguments, EvaluationContext context) {
        IntegerRange range = IntegerRange.of(arguments);
        if (range.isEmpty()) {
            return ListValue.EMPTY;
        }
        int size = size(range);
        context.reserveIfLarge(size * BYTES_PER_ELEMENT);
        List<Value> values = new ArrayList<>(size);
        for (Iterator<Value> numbers = range.iterator(); numbers.hasNext(); ) {
            if ((values.size() & (ELEMENTS_PER_CHECK - 1)) == 0) {
                context.checkTermination();
            }
            values.add(numbers.next());
        }
        return Value.of(values);
    }

    private static int size(IntegerRange range) {
        long steps = range.steps();
        if (Long.compareUnsigned(steps, ELEMENTS_MAX) >= 0) {
            throw Failure.argument(
                    "NumberOutOfRange",
                    "range(" + range.start() + ", " + range.end() + ", " + range.step() + ") would have "
                            + Long.toUnsignedString(steps) + " elements; a list holds at most " + ELEMENTS_MAX + ".");
        }
        return (int) steps + 1;
    }

    /** As many elements as asked for, drawn with replacement. */
    private static Value uniformSample(List<Value> arguments, EvaluationContext context) {
        List<Value> population = Arguments.list(arguments.get(0), "uniformSample");
        int count = Arguments.length(arguments.get(1), "uniformSample");
        if (population.isEmpty()) {
            return Value.NULL;
        }
        context.reserveIfLarge(count * BYTES_PER_ELEMENT);
        List<Value> sample = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if ((i & (ELEMENTS_PER_CHECK - 1)) == 0) {
                context.checkTermination();
            }
            sample.add(population.get(context.random().nextInt(population.size())));
        }
        return Value.of(sample);
    }
}
