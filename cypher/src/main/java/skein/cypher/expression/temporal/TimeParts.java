package skein.cypher.expression.temporal;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;

/**
 * Builds a time of day from the components of a map, on top of a base time if there is one. Milliseconds, microseconds
 * and nanoseconds add up; together they replace what the base has below a second.
 */
final class TimeParts {
    static final String[] KEYS = {"hour", "minute", "second", "millisecond", "microsecond", "nanosecond"};

    private TimeParts() {}

    static LocalTime resolve(Fields fields, @Nullable LocalTime base) {
        if (base == null) {
            fields.requireOrder("hour", "minute", "second", "nanosecond");
            fields.requireOrder("second", "millisecond");
            fields.requireOrder("second", "microsecond");
        }
        return overlay(fields, base == null ? LocalTime.MIDNIGHT : base, false);
    }

    /** For truncated times: fractions are added to what the truncation has left of the second. */
    static LocalTime resolveTruncated(Fields fields, LocalTime truncated) {
        return overlay(fields, truncated, true);
    }

    private static LocalTime overlay(Fields fields, LocalTime base, boolean addFraction) {
        int nanos = base.getNano();
        if (fields.hasAny("millisecond", "microsecond", "nanosecond")) {
            nanos = fraction(fields) + (addFraction ? nanos : 0);
        }
        return LocalTime.of(
                fields.get("hour", base.getHour()),
                fields.get("minute", base.getMinute()),
                fields.get("second", base.getSecond()),
                nanos);
    }

    /** Each unit may only fill what the next larger one that is given leaves open. */
    private static int fraction(Fields fields) {
        boolean millis = fields.hasAny("millisecond");
        boolean micros = fields.hasAny("microsecond");
        int microsLimit = millis ? 1_000 : 1_000_000;
        int nanosLimit = micros ? 1_000 : millis ? 1_000_000 : 1_000_000_000;
        return within(fields, "millisecond", 1_000) * 1_000_000
                + within(fields, "microsecond", microsLimit) * 1_000
                + within(fields, "nanosecond", nanosLimit);
    }

    private static int within(Fields fields, String key, int limit) {
        int amount = fields.get(key, 0);
        if (amount < 0 || amount >= limit) {
            throw Failure.argument(
                    "InvalidArgumentValue", key + " must be from 0 to " + (limit - 1) + " here but is " + amount + ".");
        }
        return amount;
    }
}
