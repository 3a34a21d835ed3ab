package skein.cypher.expression.temporal;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;

/**
 * What an instant type has of a date, a time of day and a zone.
 *
 * @param offset the offset in force, when there is a zone; tells apart the two readings of an hour that occurs twice
 */
record Moment(
        @Nullable LocalDate date,
        @Nullable LocalTime time,
        @Nullable ZoneId zone,
        @Nullable ZoneOffset offset) {

    /** The parts of a date, time or both; null for any other value. */
    static @Nullable Moment of(Value value) {
        return switch (value) {
            case Value.DateValue(LocalDate date) -> new Moment(date, null, null, null);
            case Value.LocalTimeValue(LocalTime time) -> new Moment(null, time, null, null);
            case Value.TimeValue(var time) -> new Moment(null, time.toLocalTime(), time.getOffset(), time.getOffset());
            case Value.LocalDateTimeValue(LocalDateTime local) ->
                new Moment(local.toLocalDate(), local.toLocalTime(), null, null);
            case Value.DateTimeValue(ZonedDateTime zoned) ->
                new Moment(zoned.toLocalDate(), zoned.toLocalTime(), zoned.getZone(), zoned.getOffset());
            default -> null;
        };
    }

    ZoneId zoneOrUtc() {
        return zone == null ? ZoneOffset.UTC : zone;
    }

    ZoneOffset offsetOrUtc() {
        return offset == null ? ZoneOffset.UTC : offset;
    }

    LocalTime timeOrMidnight() {
        return time == null ? LocalTime.MIDNIGHT : time;
    }
}
