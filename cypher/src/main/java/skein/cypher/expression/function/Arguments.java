package skein.cypher.expression.function;

import java.util.List;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.StringValue;

/** Takes arguments as the type a function needs, or fails naming the function and both types. */
final class Arguments {
    private Arguments() {}

    static String string(Value value, String function) {
        if (value instanceof StringValue(String text)) {
            return text;
        }
        throw wrongType(function, "a String", value);
    }

    static long integer(Value value, String function) {
        if (value instanceof IntegerValue(long number)) {
            return number;
        }
        throw wrongType(function, "an Integer", value);
    }

    static double number(Value value, String function) {
        if (Numbers.isNumber(value)) {
            return Numbers.asDouble(value);
        }
        throw wrongType(function, "a number", value);
    }

    static List<Value> list(Value value, String function) {
        if (value instanceof ListValue list) {
            return list.values();
        }
        throw wrongType(function, "a List", value);
    }

    /** A count of characters or elements: from 0, cut to what an array can hold. */
    static int length(Value value, String function) {
        long number = integer(value, function);
        if (number < 0) {
            throw Failure.argument(
                    "NumberOutOfRange",
                    function + " needs a length that is not negative but was given " + number + ".");
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    static RuntimeException wrongType(String function, String wanted, Value value) {
        return Failure.type(
                "InvalidArgumentValue",
                function + " takes " + wanted + " but was given " + TypeName.withArticle(value) + ".");
    }
}
