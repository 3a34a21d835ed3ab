package skein.cypher.expression.temporal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;

/**
 * Reads instants in the forms of ISO 8601, extended ({@code 2015-07-21T21:40:32.142+01:00}) and basic
 * ({@code 20150721T214032.142+0100}), with smaller units left out, and with a zone's name in brackets at the end.
 */
final class TemporalText {
    /** Years beyond four digits carry a sign, so that they cannot be taken for a basic form. */
    private static final String YEAR = "([0-9]{4}|[-+][0-9]{1,9})";

    private static final Pattern CALENDAR = Pattern.compile(YEAR + "(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?");
    private static final Pattern CALENDAR_BASIC = Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})?");
    private static final Pattern WEEK = Pattern.compile(YEAR + "-W([0-9]{1,2})(?:-([0-9]))?");
    private static final Pattern WEEK_BASIC = Pattern.compile("([0-9]{4})W([0-9]{2})([0-9])?");
    private static final Pattern QUARTER = Pattern.compile(YEAR + "-Q([0-9])(?:-([0-9]{1,2}))?");
    private static final Pattern QUARTER_BASIC = Pattern.compile("([0-9]{4})Q([0-9])([0-9]{2})?");
    private static final Pattern ORDINAL = Pattern.compile(YEAR + "-([0-9]{3})");
    private static final Pattern ORDINAL_BASIC = Pattern.compile("([0-9]{4})([0-9]{3})");

    private static final String FRACTION = "(?:[.,]([0-9]{1,9}))?";
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2})" + FRACTION + ")?)?");
    private static final Pattern TIME_BASIC = Pattern.compile("([0-9]{2})([0-9]{2})(?:([0-9]{2})" + FRACTION + ")?");
    private static final Pattern TIME_AND_ZONE = Pattern.compile("([0-9:.,]+)([Zz]|[-+][0-9:]+)?(?:\\[([^\\]]+)\\])?");

    private TemporalText() {}

    static LocalDate date(String text) {
        try {
            @Nullable LocalDate date = dateOrNull(text);
            if (date != null) {
                return date;
            }
        } catch (DateTimeException e) {
            throw Failure.argument(
                    "InvalidArgumentValue", Failure.quoted(text) + " is not a date: " + e.getMessage() + ".");
        }
        throw unreadable(text, "date", "2015-07-21");
    }

    private static @Nullable LocalDate dateOrNull(String text) {
        Matcher m = matching(text, CALENDAR, CALENDAR_BASIC);
        if (m != null) {
            return LocalDate.of(number(m, 1, 0), number(m, 2, 1), number(m, 3, 1));
        }
        m = matching(text, WEEK, WEEK_BASIC);
        if (m != null) {
            return DateParts.ofWeek(number(m, 1, 0), number(m, 2, 1), number(m, 3, 1));
        }
        m = matching(text, QUARTER, QUARTER_BASIC);
        if (m != null) {
            return DateParts.ofQuarter(number(m, 1, 0), number(m, 2, 1), number(m, 3, 1));
        }
        m = matching(text, ORDINAL, ORDINAL_BASIC);
        return m == null ? null : LocalDate.ofYearDay(number(m, 1, 0), number(m, 2, 1));
    }

    static LocalTime localTime(String text) {
        Matcher m = matching(text, TIME, TIME_BASIC);
        if (m == null) {
            throw unreadable(text, "time", "21:40:32.142");
        }
        @Nullable String fraction = m.group(4);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
        try {
            return LocalTime.of(number(m, 1, 0), number(m, 2, 0), number(m, 3, 0), nanos);
        } catch (DateTimeException e) {
            throw Failure.argument(
                    "InvalidArgumentValue", Failure.quoted(text) + " is not a time: " + e.getMessage() + ".");
        }
    }

    static OffsetTime time(String text) {
        Matcher m = TIME_AND_ZONE.matcher(text);
        if (!m.matches() || m.group(3) != null) {
            throw unreadable(text, "time", "21:40:32+01:00");
        }
        @Nullable String offset = m.group(2);
        return localTime(m.group(1)).atOffset(offset == null ? ZoneOffset.UTC : ZoneText.offset(offset));
    }

    static LocalDateTime localDateTime(String text) {
        int separator = text.indexOf('T');
        return separator < 0
                ? date(text).atStartOfDay()
                : date(text.substring(0, separator)).atTime(localTime(text.substring(separator + 1)));
    }

    static ZonedDateTime dateTime(String text) {
        int separator = text.indexOf('T');
        Matcher m = TIME_AND_ZONE.matcher(separator < 0 ? "00:00" : text.substring(separator + 1));
        if (!m.matches()) {
            throw unreadable(text, "date and time", "2015-07-21T21:40:32+01:00");
        }
        LocalDateTime local =
                date(separator < 0 ? text : text.substring(0, separator)).atTime(localTime(m.group(1)));
        @Nullable ZoneOffset offset = m.group(2) == null ? null : ZoneText.offset(m.group(2));
        if (m.group(3) == null) {
            return local.atZone(offset == null ? ZoneOffset.UTC : offset);
        }
        ZoneId zone = ZoneText.named(m.group(3));
        if (offset != null && !zone.getRules().isValidOffset(local, offset)) {
            throw Failure.argument(
                    "InvalidArgumentValue",
                    Failure.quoted(text) + " is contradictory: " + zone + " does not have the offset " + offset
                            + " at that time. Leave one of them out.");
        }
        return ZonedDateTime.ofLocal(local, zone, offset);
    }

    private static @Nullable Matcher matching(String text, Pattern extended, Pattern basic) {
        Matcher matcher = extended.matcher(text);
        if (matcher.matches()) {
            return matcher;
        }
        matcher = basic.matcher(text);
        return matcher.matches() ? matcher : null;
    }

    private static int number(Matcher matcher, int group, int otherwise) {
        @Nullable String digits = matcher.group(group);
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static RuntimeException unreadable(String text, String what, String example) {
        return Failure.argument(
                "InvalidArgumentValue",
                Failure.quoted(text) + " is not a " + what + ". Write it like '" + example + "'.");
    }
}
