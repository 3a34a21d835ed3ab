package skein.cypher.expression.operator;

import java.util.ArrayList;
import java.util.List;
import skein.cypher.expression.value.Equality;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Ternary;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;

/** Concatenation, membership, indexes and slices of lists. */
public final class Lists {
    private Lists() {}

    /** Two lists joined, or an element put before or after a list. At least one side is a list. */
    static Value concatenate(Value left, Value right) {
        List<Value> joined = new ArrayList<>();
        addAll(joined, left);
        addAll(joined, right);
        return Value.of(joined);
    }

    private static void addAll(List<Value> joined, Value value) {
        if (value instanceof ListValue list) {
            joined.addAll(list.values());
        } else {
            joined.add(value);
        }
    }

    /** {@code element IN list}: unknown when only a null might have been the element. */
    public static Ternary contains(Value list, Value element) {
        if (list.isNull()) {
            return Ternary.UNKNOWN;
        }
        Ternary result = Ternary.FALSE;
        for (Value candidate : values(list, "IN")) {
            Ternary equal = Equality.test(candidate, element);
            if (equal == Ternary.TRUE) {
                return Ternary.TRUE;
            }
            result = equal == Ternary.UNKNOWN ? Ternary.UNKNOWN : result;
        }
        return result;
    }

    /** The elements of a value that must be a list, or a TYPE_ERROR that names the operation. */
    public static List<Value> values(Value value, String operation) {
        if (value instanceof ListValue list) {
            return list.values();
        }
        throw Failure.type(
                "InvalidArgumentType", operation + " needs a List but was given " + TypeName.withArticle(value) + ".");
    }

    /** {@code list[index]}: counted from the end when negative; null when there is no such element. */
    public static Value element(ListValue list, Value index) {
        if (index.isNull()) {
            return Value.NULL;
        }
        long position = integer(index, "A list index");
        int size = list.values().size();
        long fromStart = position < 0 ? position + size : position;
        return fromStart >= 0 && fromStart < size ? list.values().get((int) fromStart) : Value.NULL;
    }

    /** {@code list[from..to]}, clamped to the list; {@code to} is exclusive. */
    public static Value slice(Value list, Value from, Value to) {
        if (list.isNull() || from.isNull() || to.isNull()) {
            return Value.NULL;
        }
        List<Value> values = values(list, "A slice");
        int start = clamp(integer(from, "The start of a slice"), values.size());
        int end = clamp(integer(to, "The end of a slice"), values.size());
        return start >= end ? ListValue.EMPTY : Value.of(values.subList(start, end));
    }

    private static int clamp(long position, int size) {
        long fromStart = position < 0 ? position + size : position;
        return (int) Math.clamp(fromStart, 0L, (long) size);
    }

    private static long integer(Value value, String what) {
        if (value instanceof IntegerValue(long number)) {
            return number;
        }
        throw Failure.type(
                "InvalidArgumentType", what + " must be an Integer but is " + TypeName.withArticle(value) + ".");
    }
}
