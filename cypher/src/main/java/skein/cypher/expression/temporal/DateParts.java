package skein.cypher.expression.temporal;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;

/**
 * Builds a date from the components of a map, by month, week, quarter or day of the year, on top of a base date if
 * there is one. A component that is not given comes from the base, or is the first one without a base; a larger unit
 * may only be left out when there is a base.
 */
final class DateParts {
    static final String[] KEYS = {"year", "month", "day", "week", "dayOfWeek", "quarter", "dayOfQuarter", "ordinalDay"};

    private DateParts() {}

    static LocalDate resolve(Fields fields, @Nullable LocalDate base) {
        boolean byWeek = fields.hasAny("week", "dayOfWeek");
        boolean byQuarter = fields.hasAny("quarter", "dayOfQuarter");
        boolean byOrdinal = fields.hasAny("ordinalDay");
        boolean byMonth = fields.hasAny("month", "day");
        if ((byWeek ? 1 : 0) + (byQuarter ? 1 : 0) + (byOrdinal ? 1 : 0) + (byMonth ? 1 : 0) > 1) {
            throw Failure.argument(
                    "InvalidArgumentValue",
                    "A date cannot be given in several ways at once. Choose one of month and day, week and dayOfWeek,"
                            + " quarter and dayOfQuarter, or ordinalDay.");
        }
        if (byWeek) {
            return byWeek(fields, base);
        }
        if (byQuarter) {
            return byQuarter(fields, base);
        }
        return byOrdinal ? byOrdinal(fields, base) : byMonth(fields, base);
    }

    private static LocalDate byMonth(Fields fields, @Nullable LocalDate base) {
        if (base == null) {
            fields.requireOrder("year", "month", "day");
            return LocalDate.of(fields.require("year"), fields.get("month", 1), fields.get("day", 1));
        }
        YearMonth month = YearMonth.of(fields.get("year", base.getYear()), fields.get("month", base.getMonthValue()));
        return month.atDay(fields.get("day", Math.min(base.getDayOfMonth(), month.lengthOfMonth())));
    }

    private static LocalDate byWeek(Fields fields, @Nullable LocalDate base) {
        if (base == null) {
            fields.requireOrder("year", "week", "dayOfWeek");
            return ofWeek(fields.require("year"), fields.get("week", 1), fields.get("dayOfWeek", 1));
        }
        return ofWeek(
                fields.get("year", base.get(IsoFields.WEEK_BASED_YEAR)),
                fields.get("week", base.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
                fields.get("dayOfWeek", base.getDayOfWeek().getValue()));
    }

    private static LocalDate byQuarter(Fields fields, @Nullable LocalDate base) {
        if (base == null) {
            fields.requireOrder("year", "quarter", "dayOfQuarter");
            return ofQuarter(fields.require("year"), fields.get("quarter", 1), fields.get("dayOfQuarter", 1));
        }
        int year = fields.get("year", base.getYear());
        int quarter = fields.get("quarter", base.get(IsoFields.QUARTER_OF_YEAR));
        int lastDay = (int)
                ofQuarter(year, quarter, 1).range(IsoFields.DAY_OF_QUARTER).getMaximum();
        return ofQuarter(
                year, quarter, fields.get("dayOfQuarter", Math.min(base.get(IsoFields.DAY_OF_QUARTER), lastDay)));
    }

    private static LocalDate byOrdinal(Fields fields, @Nullable LocalDate base) {
        int year = base == null ? fields.require("year") : fields.get("year", base.getYear());
        return LocalDate.ofYearDay(year, fields.get("ordinalDay", 1));
    }

    /** @param weekYear the year the week belongs to, which for days around New Year may not be the date's own */
    static LocalDate ofWeek(int weekYear, int week, int dayOfWeek) {
        LocalDate inFirstWeek = LocalDate.of(weekYear, 1, 4);
        IsoFields.WEEK_OF_WEEK_BASED_YEAR
                .rangeRefinedBy(inFirstWeek)
                .checkValidValue(week, IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        return inFirstWeek
                .plusWeeks(week - 1L)
                .with(ChronoField.DAY_OF_WEEK, DayOfWeek.of(dayOfWeek).getValue());
    }

    static LocalDate ofQuarter(int year, int quarter, int dayOfQuarter) {
        if (quarter < 1 || quarter > 4) {
            throw new DateTimeException("Invalid value for QuarterOfYear (valid values 1 - 4): " + quarter);
        }
        LocalDate start = LocalDate.of(year, quarter * 3 - 2, 1);
        start.range(IsoFields.DAY_OF_QUARTER).checkValidValue(dayOfQuarter, IsoFields.DAY_OF_QUARTER);
        return start.plusDays(dayOfQuarter - 1L);
    }
}
