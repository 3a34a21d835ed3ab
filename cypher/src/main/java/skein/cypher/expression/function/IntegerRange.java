package skein.cypher.expression.function;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;

/**
 * What {@code range(start, end, step)} means: the integers from start to end, both included. Of these a list is made
 * where one is asked for; who only goes through them needs none.
 *
 * @param start the first, if there is any
 * @param end not passed
 * @param step not 0
 */
public record IntegerRange(long start, long end, long step) {
    static final String NAME = "range";
    static final int ARGUMENTS_MIN = 2;
    static final int ARGUMENTS_MAX = 3;

    public IntegerRange {
        if (step == 0) {
            throw Failure.argument(
                    "NumberOutOfRange", "range cannot take steps of 0. Use a positive or a negative step.");
        }
    }

    /** Whether a call has this name and as many arguments as it takes. */
    public static boolean isMeantBy(String name, int arguments) {
        return name.equalsIgnoreCase(NAME) && arguments >= ARGUMENTS_MIN && arguments <= ARGUMENTS_MAX;
    }

    /**
     * @param arguments start and end, and the step or nothing, which is 1; all others are refused as a client's error
     */
    public static IntegerRange of(List<Value> arguments) {
        long step = arguments.size() < 3 ? 1 : bound(arguments.get(2));
        return new IntegerRange(bound(arguments.get(0)), bound(arguments.get(1)), step);
    }

    private static long bound(Value value) {
        if (value instanceof IntegerValue(long number)) {
            return number;
        }
        throw Failure.argument(
                "InvalidArgumentType", "range takes Integers but was given " + TypeName.withArticle(value) + ".");
    }

    boolean isEmpty() {
        return step > 0 ? start > end : start < end;
    }

    /** How many steps lie between the first and the last, as an unsigned number; not of an empty one. */
    long steps() {
        // The distance can take all 64 bits without a sign; a step of MIN_VALUE negates to itself, also unsigned 2^63.
        long distance = step > 0 ? end - start : start - end;
        return Long.divideUnsigned(distance, step > 0 ? step : -step);
    }

    /** Each in turn, made when it is asked for. */
    public Iterator<Value> iterator() {
        return new Iterator<>() {
            private long next = start;
            private long stepsLeft = isEmpty() ? 0 : steps();
            private boolean hasNext = !isEmpty();

            @Override
            public boolean hasNext() {
                return hasNext;
            }

            @Override
            public Value next() {
                if (!hasNext) {
                    throw new NoSuchElementException();
                }
                Value value = Value.of(next);
                next += step;
                hasNext = stepsLeft-- != 0;
                return value;
            }
        };
    }
}
