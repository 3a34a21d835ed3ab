package skein.cypher.expression.temporal;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DateTimeValue;
import skein.graph.Value.DateValue;
import skein.graph.Value.LocalDateTimeValue;
import skein.graph.Value.LocalTimeValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.TimeValue;

/** Cutting an instant down to the start of the unit it falls into, then overriding components. */
final class Truncation {
    private static final Set<String> DATE_KEYS = with(Set.of(), List.of(DateParts.KEYS));
    private static final Set<String> LOCALTIME_KEYS = with(Set.of(), List.of(TimeParts.KEYS));
    private static final Set<String> TIME_KEYS = with(LOCALTIME_KEYS, Set.of("timezone"));
    private static final Set<String> LOCALDATETIME_KEYS = with(DATE_KEYS, LOCALTIME_KEYS);
    private static final Set<String> DATETIME_KEYS = with(DATE_KEYS, TIME_KEYS);

    private Truncation() {}

    private static Set<String> with(Set<String> some, Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** Units from the largest to the smallest. */
    private enum Unit {
        MILLENNIUM,
        CENTURY,
        DECADE,
        YEAR,
        WEEKYEAR,
        QUARTER,
        MONTH,
        WEEK,
        DAY,
        HOUR,
        MINUTE,
        SECOND,
        MILLISECOND,
        MICROSECOND;

        static Unit named(String name) {
            for (Unit unit : values()) {
                if (unit.name().equalsIgnoreCase(name)) {
                    return unit;
                }
            }
            throw Failure.argument(
                    "InvalidArgumentValue",
                    Failure.quoted(name) + " is not a unit of time. Known are "
                            + Arrays.toString(values()).toLowerCase(Locale.ROOT) + ".");
        }

        boolean isDayOrMore() {
            return compareTo(DAY) <= 0;
        }
    }

    static Value truncate(TemporalType type, String unitName, Value instant, MapValue overrides, ZonedDateTime now) {
        Unit unit = Unit.named(unitName);
        @Nullable Moment moment = Moment.of(instant);
        if (moment == null) {
            throw Failure.type(
                    "InvalidArgumentValue",
                    "Only dates and times can be truncated, not " + TypeName.withArticle(instant) + ".");
        }
        return switch (type) {
            case DATE ->
                new DateValue(
                        DateParts.resolve(new Fields(overrides, "a truncated date", DATE_KEYS), date(unit, moment)));
            case LOCALTIME ->
                new LocalTimeValue(TimeParts.resolveTruncated(
                        new Fields(overrides, "a truncated localtime", LOCALTIME_KEYS), time(unit, moment)));
            case TIME -> time(new Fields(overrides, "a truncated time", TIME_KEYS), unit, moment, now);
            case LOCALDATETIME ->
                localDateTime(new Fields(overrides, "a truncated localdatetime", LOCALDATETIME_KEYS), unit, moment);
            case DATETIME -> dateTime(new Fields(overrides, "a truncated datetime", DATETIME_KEYS), unit, moment);
        };
    }

    private static Value time(Fields overrides, Unit unit, Moment moment, ZonedDateTime now) {
        LocalTime local = TimeParts.resolveTruncated(overrides, time(unit, moment));
        @Nullable ZoneId zone = Construction.zone(overrides);
        ZoneOffset offset =
                zone == null ? moment.offsetOrUtc() : zone.getRules().getOffset(now.toInstant());
        return new TimeValue(local.atOffset(offset));
    }

    private static LocalDateTimeValue localDateTime(Fields overrides, Unit unit, Moment moment) {
        LocalDate date = unit.isDayOrMore() ? date(unit, moment) : date(Unit.DAY, moment);
        LocalTime time = unit.isDayOrMore() ? LocalTime.MIDNIGHT : time(unit, moment);
        return new LocalDateTimeValue(
                DateParts.resolve(overrides, date).atTime(TimeParts.resolveTruncated(overrides, time)));
    }

    private static Value dateTime(Fields overrides, Unit unit, Moment moment) {
        @Nullable ZoneId zone = Construction.zone(overrides);
        return new DateTimeValue(ZonedDateTime.ofLocal(
                localDateTime(overrides, unit, moment).value(),
                zone == null ? moment.zoneOrUtc() : zone,
                moment.offset()));
    }

    private static LocalTime time(Unit unit, Moment moment) {
        @Nullable LocalTime time = moment.time();
        if (time == null) {
            throw new DateTimeException("a date has no time that could be truncated to a " + unit);
        }
        return switch (unit) {
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
            case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
            case MILLISECOND -> time.truncatedTo(ChronoUnit.MILLIS);
            case MICROSECOND -> time.truncatedTo(ChronoUnit.MICROS);
            case DAY -> LocalTime.MIDNIGHT;
            case MILLENNIUM, CENTURY, DECADE, YEAR, WEEKYEAR, QUARTER, MONTH, WEEK ->
                throw new DateTimeException("a time of day cannot be truncated to a " + unit);
        };
    }

    private static LocalDate date(Unit unit, Moment moment) {
        @Nullable LocalDate date = moment.date();
        if (date == null) {
            throw new DateTimeException("a time of day has no date that could be truncated");
        }
        int year = date.getYear();
        return switch (unit) {
            case MILLENNIUM -> LocalDate.of(year - Math.floorMod(year, 1000), 1, 1);
            case CENTURY -> LocalDate.of(year - Math.floorMod(year, 100), 1, 1);
            case DECADE -> LocalDate.of(year - Math.floorMod(year, 10), 1, 1);
            case YEAR -> LocalDate.of(year, 1, 1);
            case WEEKYEAR -> DateParts.ofWeek(date.get(IsoFields.WEEK_BASED_YEAR), 1, 1);
            case QUARTER -> LocalDate.of(year, date.getMonth().firstMonthOfQuarter(), 1);
            case MONTH -> date.withDayOfMonth(1);
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case DAY -> date;
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND ->
                throw new DateTimeException("a date cannot be truncated to a " + unit);
        };
    }
}
