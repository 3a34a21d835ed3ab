package skein.config;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as cron names them, in six fields: second, minute, hour, day of the month, month, day of the week. A field is
 * {@code *} or {@code ?}, or numbers ({@code 5}), ranges ({@code 1-5}), steps ({@code *}{@code /10}, {@code 3-30/3})
 * and lists of these ({@code 0,30}). Months and days of the week may be named by three letters; Sunday is 0 or 7. A
 * time fits when all fields fit.
 *
 * @param text as written
 */
public record CronExpression(
        String text, BitSet seconds, BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays) {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FIELDS = 6;

    /** The longest distance between two 29ths of February, and then some. */
    private static final int DAYS_AHEAD_MAX = 9 * 366;

    /** IllegalArgumentException with the reason. */
    static CronExpression parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "a cron expression has six fields (second, minute, hour, day of the month,"
                            + " month, day of the week), not " + fields.length);
        }
        BitSet weekdays = field(fields[5], 0, 7, WEEKDAYS, 0);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        return new CronExpression(
                text.strip(),
                field(fields[0], 0, 59, List.of(), 0),
                field(fields[1], 0, 59, List.of(), 0),
                field(fields[2], 0, 23, List.of(), 0),
                field(fields[3], 1, 31, List.of(), 0),
                field(fields[4], 1, 12, MONTHS, 1),
                weekdays);
    }

    private static BitSet field(String text, int min, int max, List<String> names, int firstName) {
        BitSet values = new BitSet(max + 1);
        for (String part : text.split(",", -1)) {
            String[] stepped = part.split("/", 2);
            int step = stepped.length == 1 ? 1 : number(stepped[1], 1, max, List.of(), 0);
            int from = min;
            int to = max;
            if (!stepped[0].equals("*") && !stepped[0].equals("?")) {
                String[] ends = stepped[0].split("-", 2);
                from = number(ends[0], min, max, names, firstName);
                to = ends.length == 2 ? number(ends[1], min, max, names, firstName) : stepped.length == 2 ? max : from;
            }
            if (from > to) {
                throw new IllegalArgumentException("'" + part + "' ends before it begins");
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    private static int number(String text, int min, int max, List<String> names, int firstName) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (named >= 0) {
            return named + firstName;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not between " + min + " and " + max);
    }

    /** The first fitting time after this one, in its zone; empty when there is none, as for the 31st of February. */
    Optional<ZonedDateTime> after(ZonedDateTime last) {
        LocalDate today = last.toLocalDate();
        for (int ahead = 0; ahead <= DAYS_AHEAD_MAX; ahead++) {
            LocalDate day = today.plusDays(ahead);
            if (fits(day)) {
                Optional<ZonedDateTime> found = firstOf(day, last);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean fits(LocalDate day) {
        return days.get(day.getDayOfMonth())
                && months.get(day.getMonthValue())
                && weekdays.get(day.getDayOfWeek().getValue() % 7);
    }

    private Optional<ZonedDateTime> firstOf(LocalDate day, ZonedDateTime last) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                for (int second = seconds.nextSetBit(0); second >= 0; second = seconds.nextSetBit(second + 1)) {
                    ZonedDateTime time = ZonedDateTime.of(day, LocalTime.of(hour, minute, second), last.getZone());
                    if (time.isAfter(last)) {
                        return Optional.of(time);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
