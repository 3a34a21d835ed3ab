package skein.cypher.expression.value;

import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;

/** Integers and floats next to one another, compared exactly: an integer beyond 2^53 never goes through a double. */
public final class Numbers {
    private static final double TWO_POW_63 = 0x1p63;

    private Numbers() {}

    public static boolean isNumber(Value value) {
        return value instanceof IntegerValue || value instanceof FloatValue;
    }

    /** The number as a double, rounded when it is a large integer. The value must be a number. */
    public static double asDouble(Value number) {
        return number instanceof IntegerValue(long integer) ? (double) integer : ((FloatValue) number).value();
    }

    public static boolean isNaN(Value value) {
        return value instanceof FloatValue(double number) && Double.isNaN(number);
    }

    /**
     * Negative, zero or positive as {@code left} is less than, equal to or greater than {@code right}; -0.0 equals 0.0.
     * Both must be numbers and neither NaN.
     */
    public static int compare(Value left, Value right) {
        if (left instanceof IntegerValue(long a)) {
            return right instanceof IntegerValue(long b)
                    ? Long.compare(a, b)
                    : compare(a, ((FloatValue) right).value());
        }
        double a = ((FloatValue) left).value();
        if (right instanceof IntegerValue(long b)) {
            return -compare(b, a);
        }
        double b = ((FloatValue) right).value();
        return a < b ? -1 : a > b ? 1 : 0;
    }

    /** Compares an integer with a float that is not NaN, exactly. */
    static int compare(long integer, double number) {
        if (number >= TWO_POW_63) {
            return -1;
        }
        if (number < -TWO_POW_63) {
            return 1;
        }
        long whole = (long) number;
        if (integer != whole) {
            return Long.compare(integer, whole);
        }
        double fraction = number - whole;
        return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
    }

    /** True when the float is a whole number that an integer can hold. */
    static boolean isExactInteger(double number) {
        return number >= -TWO_POW_63 && number < TWO_POW_63 && number == (double) (long) number;
    }
}
