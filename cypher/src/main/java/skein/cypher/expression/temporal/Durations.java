package skein.cypher.expression.temporal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import skein.cypher.expression.value.Failure;
import skein.graph.Value.DurationValue;

/**
 * Making and calculating with durations. Months, days and seconds are never normalised into one another; only a
 * fraction of a larger unit is carried down: a month counts as 2,629,746 seconds (a twelfth of the Gregorian year), a
 * day as 86,400. Results that do not fit are an ARITHMETIC_ERROR.
 */
public final class Durations {
    public static final DurationValue ZERO = new DurationValue(0, 0, 0, 0);

    static final BigDecimal SECONDS_PER_DAY = BigDecimal.valueOf(86_400);
    private static final BigDecimal SECONDS_PER_MONTH = BigDecimal.valueOf(2_629_746);
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

    /**
     * Digits behind the point that survive a division; what a quotient loses beyond them never reaches a nanosecond.
     */
    private static final int GUARD_DIGITS = 20;

    private Durations() {}

    /** A duration of whole units; any amount of nanoseconds, of either sign. */
    public static DurationValue of(long months, long days, long seconds, long nanos) {
        try {
            long whole = Math.addExact(seconds, Math.floorDiv(nanos, 1_000_000_000L));
            return new DurationValue(months, days, whole, (int) Math.floorMod(nanos, 1_000_000_000L));
        } catch (ArithmeticException e) {
            throw overflow();
        }
    }

    /** A duration of units that may have fractions; what is finer than a nanosecond is dropped. */
    public static DurationValue of(BigDecimal months, BigDecimal days, BigDecimal seconds) {
        try {
            BigDecimal wholeMonths = months.setScale(0, RoundingMode.DOWN);
            BigDecimal[] carried = months.subtract(wholeMonths)
                    .multiply(SECONDS_PER_MONTH)
                    .setScale(GUARD_DIGITS, RoundingMode.HALF_EVEN)
                    .divideAndRemainder(SECONDS_PER_DAY);
            BigDecimal allDays = days.add(carried[0]);
            BigDecimal wholeDays = allDays.setScale(0, RoundingMode.DOWN);
            BigDecimal allSeconds =
                    seconds.add(carried[1]).add(allDays.subtract(wholeDays).multiply(SECONDS_PER_DAY));
            BigInteger nanos = allSeconds
                    .setScale(GUARD_DIGITS, RoundingMode.HALF_EVEN)
                    .movePointRight(9)
                    .toBigInteger();
            return ofNanos(wholeMonths.longValueExact(), wholeDays.longValueExact(), nanos);
        } catch (ArithmeticException e) {
            throw overflow();
        }
    }

    private static DurationValue ofNanos(long months, long days, BigInteger nanos) {
        BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
        boolean borrow = parts[1].signum() < 0;
        BigInteger seconds = borrow ? parts[0].subtract(BigInteger.ONE) : parts[0];
        BigInteger rest = borrow ? parts[1].add(NANOS_PER_SECOND) : parts[1];
        return new DurationValue(months, days, seconds.longValueExact(), rest.intValueExact());
    }

    public static DurationValue plus(DurationValue left, DurationValue right) {
        try {
            return of(
                    Math.addExact(left.months(), right.months()),
                    Math.addExact(left.days(), right.days()),
                    Math.addExact(left.seconds(), right.seconds()),
                    (long) left.nanos() + right.nanos());
        } catch (ArithmeticException e) {
            throw overflow();
        }
    }

    public static DurationValue minus(DurationValue left, DurationValue right) {
        return plus(left, negate(right));
    }

    public static DurationValue negate(DurationValue duration) {
        try {
            return of(
                    Math.negateExact(duration.months()),
                    Math.negateExact(duration.days()),
                    Math.negateExact(duration.seconds()),
                    -duration.nanos());
        } catch (ArithmeticException e) {
            throw overflow();
        }
    }

    public static DurationValue multiply(DurationValue duration, double factor) {
        BigDecimal exact = decimal(factor);
        return of(
                BigDecimal.valueOf(duration.months()).multiply(exact),
                BigDecimal.valueOf(duration.days()).multiply(exact),
                exactSeconds(duration).multiply(exact));
    }

    public static DurationValue divide(DurationValue duration, double divisor) {
        BigDecimal exact = decimal(divisor);
        if (exact.signum() == 0) {
            throw Failure.arithmetic("DivisionByZero", "A duration cannot be divided by zero.");
        }
        return of(
                BigDecimal.valueOf(duration.months()).divide(exact, MathContext.DECIMAL128),
                BigDecimal.valueOf(duration.days()).divide(exact, MathContext.DECIMAL128),
                exactSeconds(duration).divide(exact, MathContext.DECIMAL128));
    }

    private static BigDecimal exactSeconds(DurationValue duration) {
        return BigDecimal.valueOf(duration.seconds()).add(BigDecimal.valueOf(duration.nanos(), 9));
    }

    private static BigDecimal decimal(double number) {
        if (!Double.isFinite(number)) {
            throw Failure.arithmetic(
                    "NumberOutOfRange",
                    "A duration can only be multiplied or divided by a finite number, not " + number + ".");
        }
        return BigDecimal.valueOf(number);
    }

    static RuntimeException overflow() {
        return Failure.arithmetic(
                "IntegerOverflow", "The duration is too long: months, days and seconds must each fit 64 bits.");
    }
}
