package skein.cypher.expression.temporal;

import java.time.DateTimeException;
import java.time.LocalTime;
import skein.cypher.expression.value.Failure;
import skein.graph.Value;
import skein.graph.Value.DateTimeValue;
import skein.graph.Value.DateValue;
import skein.graph.Value.DurationValue;
import skein.graph.Value.LocalDateTimeValue;
import skein.graph.Value.LocalTimeValue;
import skein.graph.Value.TimeValue;

/**
 * An instant plus a duration: first months, then days, then seconds. A date takes only the whole days out of the
 * seconds; a time of day takes only the seconds and wraps at midnight.
 */
public final class TemporalArithmetic {
    private static final long SECONDS_PER_DAY = 86_400;

    private TemporalArithmetic() {}

    /** True for the values that {@link #plus} takes. */
    public static boolean isInstant(Value value) {
        return Moment.of(value) != null;
    }

    /** The instant later by the duration, as a value of the same type. Beyond the calendar: ARITHMETIC_ERROR. */
    public static Value plus(Value instant, DurationValue duration) {
        try {
            return switch (instant) {
                case DateValue(var date) ->
                    new DateValue(date.plusMonths(duration.months())
                            .plusDays(duration.days())
                            .plusDays(wholeDays(duration)));
                case LocalTimeValue(LocalTime time) -> new LocalTimeValue(plus(time, duration));
                case TimeValue(var time) ->
                    new TimeValue(plus(time.toLocalTime(), duration).atOffset(time.getOffset()));
                case LocalDateTimeValue(var local) ->
                    new LocalDateTimeValue(local.plusMonths(duration.months())
                            .plusDays(duration.days())
                            .plusSeconds(duration.seconds())
                            .plusNanos(duration.nanos()));
                case DateTimeValue(var zoned) ->
                    new DateTimeValue(zoned.plusMonths(duration.months())
                            .plusDays(duration.days())
                            .plusSeconds(duration.seconds())
                            .plusNanos(duration.nanos()));
                default -> throw new DateTimeException("not an instant");
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw Failure.arithmetic(
                    "NumberOutOfRange",
                    DurationText.format(duration) + " cannot be added: years go from -999999999 to 999999999.");
        }
    }

    /** The instant earlier by the duration. */
    public static Value minus(Value instant, DurationValue duration) {
        return plus(instant, Durations.negate(duration));
    }

    private static LocalTime plus(LocalTime time, DurationValue duration) {
        return time.plusSeconds(duration.seconds()).plusNanos(duration.nanos());
    }

    /** Days in the seconds, cut off towards zero. */
    private static long wholeDays(DurationValue duration) {
        boolean borrow = duration.seconds() < 0 && duration.nanos() > 0;
        return (borrow ? duration.seconds() + 1 : duration.seconds()) / SECONDS_PER_DAY;
    }
}
