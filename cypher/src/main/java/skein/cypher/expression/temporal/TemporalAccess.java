package skein.cypher.expression.temporal;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DurationValue;

/** The components of instants and durations, {@code d.year} and its like. Names are compared ignoring case. */
public final class TemporalAccess {
    private TemporalAccess() {}

    /** True for the types this class takes apart. */
    public static boolean hasComponents(Value value) {
        return value instanceof DurationValue || Moment.of(value) != null;
    }

    /** One component; a name the type does not have is an ARGUMENT_ERROR. */
    public static Value component(Value value, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        @Nullable Value component;
        if (value instanceof DurationValue duration) {
            component = ofDuration(duration, key);
        } else {
            @Nullable Moment moment = Moment.of(value);
            component = moment == null ? null : ofMoment(value, moment, key);
        }
        if (component == null) {
            throw Failure.argument(
                    "InvalidArgumentValue",
                    TypeName.withArticle(value) + " has no component " + Failure.quoted(name) + ".");
        }
        return component;
    }

    private static @Nullable Value ofMoment(Value value, Moment moment, String key) {
        @Nullable Value component = moment.date() == null ? null : ofDate(moment.date(), key);
        if (component == null && moment.time() != null) {
            component = ofTime(moment.time(), key);
        }
        if (component == null && moment.zone() != null && moment.offset() != null) {
            component = ofZone(moment.zone(), moment.offset(), key);
        }
        if (component == null && value instanceof Value.DateTimeValue(ZonedDateTime dateTime)) {
            component = switch (key) {
                case "epochseconds" -> Value.of(dateTime.toEpochSecond());
                case "epochmillis" -> Value.of(dateTime.toInstant().toEpochMilli());
                default -> null;
            };
        }
        return component;
    }

    private static @Nullable Value ofDate(LocalDate date, String key) {
        return switch (key) {
            case "year" -> Value.of((long) date.getYear());
            case "quarter" -> Value.of(date.getLong(IsoFields.QUARTER_OF_YEAR));
            case "month" -> Value.of((long) date.getMonthValue());
            case "week" -> Value.of(date.getLong(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "weekyear" -> Value.of(date.getLong(IsoFields.WEEK_BASED_YEAR));
            case "day" -> Value.of((long) date.getDayOfMonth());
            case "ordinalday" -> Value.of((long) date.getDayOfYear());
            case "weekday", "dayofweek" -> Value.of((long) date.getDayOfWeek().getValue());
            case "dayofquarter" -> Value.of(date.getLong(IsoFields.DAY_OF_QUARTER));
            default -> null;
        };
    }

    private static @Nullable Value ofTime(LocalTime time, String key) {
        return switch (key) {
            case "hour" -> Value.of((long) time.getHour());
            case "minute" -> Value.of((long) time.getMinute());
            case "second" -> Value.of((long) time.getSecond());
            case "millisecond" -> Value.of(time.getNano() / 1_000_000L);
            case "microsecond" -> Value.of(time.getNano() / 1_000L);
            case "nanosecond" -> Value.of((long) time.getNano());
            default -> null;
        };
    }

    private static @Nullable Value ofZone(ZoneId zone, ZoneOffset offset, String key) {
        return switch (key) {
            case "timezone" -> Value.of(zone.getId());
            case "offset" -> Value.of(offset.getId());
            case "offsetminutes" -> Value.of(offset.getTotalSeconds() / 60L);
            case "offsetseconds" -> Value.of((long) offset.getTotalSeconds());
            default -> null;
        };
    }

    private static @Nullable Value ofDuration(DurationValue duration, String key) {
        return switch (key) {
            case "years" -> Value.of(duration.months() / 12);
            case "quarters" -> Value.of(duration.months() / 3);
            case "months" -> Value.of(duration.months());
            case "weeks" -> Value.of(duration.days() / 7);
            case "days" -> Value.of(duration.days());
            case "quartersofyear" -> Value.of(duration.months() / 3 % 4);
            case "monthsofquarter" -> Value.of(duration.months() % 3);
            case "monthsofyear" -> Value.of(duration.months() % 12);
            case "daysofweek" -> Value.of(duration.days() % 7);
            default -> ofSeconds(duration.seconds(), duration.nanos(), key);
        };
    }

    private static @Nullable Value ofSeconds(long seconds, int nanos, String key) {
        return switch (key) {
            case "hours" -> Value.of(seconds / 3600);
            case "minutes" -> Value.of(seconds / 60);
            case "seconds" -> Value.of(seconds);
            case "milliseconds" -> scaled(seconds, nanos, 1_000);
            case "microseconds" -> scaled(seconds, nanos, 1_000_000);
            case "nanoseconds" -> scaled(seconds, nanos, 1_000_000_000);
            case "minutesofhour" -> Value.of(seconds / 60 % 60);
            case "secondsofminute" -> Value.of(seconds % 60);
            case "millisecondsofsecond" -> Value.of(nanos / 1_000_000L);
            case "microsecondsofsecond" -> Value.of(nanos / 1_000L);
            case "nanosecondsofsecond" -> Value.of((long) nanos);
            default -> null;
        };
    }

    private static Value scaled(long seconds, int nanos, long unitsPerSecond) {
        try {
            long whole = Math.multiplyExact(seconds, unitsPerSecond);
            return Value.of(Math.addExact(whole, nanos / (1_000_000_000L / unitsPerSecond)));
        } catch (ArithmeticException e) {
            throw Durations.overflow();
        }
    }
}
