package skein.cypher.expression.aggregate;

import java.math.BigInteger;
import skein.cypher.expression.value.Failure;

/** A sum of integers in 128 bits: it cannot overflow on the way, only not fit in the end. */
final class IntegerSum {
    private long high;
    private long low;

    void add(long number) {
        long sum = low + number;
        high += (number >> 63) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
    }

    long value() {
        if (high != low >> 63) {
            throw Failure.arithmetic(
                    "IntegerOverflow",
                    "The sum " + exact() + " does not fit a 64-bit Integer. Sum floats, as in sum(toFloat(x)), if an"
                            + " approximate result will do.");
        }
        return low;
    }

    BigInteger exact() {
        BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low));
        return BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
    }

    double approximate() {
        return high == low >> 63 ? (double) low : exact().doubleValue();
    }
}
