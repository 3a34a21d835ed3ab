package skein.cypher.expression.temporal;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;
import skein.graph.Value.DurationValue;

/**
 * The text of durations: {@code P12Y5M14DT16H13M10.000000001S}, each unit with a sign of its own. Reading also takes
 * weeks, fractions in any unit, and the form that looks like a date and a time.
 */
public final class DurationText {
    private static final String AMOUNT = "([-+]?[0-9]+(?:[.,][0-9]+)?)";
    private static final Pattern UNITS = Pattern.compile("([-+]?)P(?=.)" + unit("Y") + unit("M") + unit("W") + unit("D")
            + "(?:T(?=.)" + unit("H") + unit("M") + unit("S") + ")?");
    private static final Pattern DATE_AND_TIME = Pattern.compile(
            "([-+]?)P([0-9]{4})-?([0-9]{2})-?([0-9]{2})T([0-9]{2}):?([0-9]{2}):?([0-9]{2}(?:[.,][0-9]+)?)");
    private static final int AMOUNT_LENGTH_MAX = 60;

    private DurationText() {}

    private static String unit(String letter) {
        return "(?:" + AMOUNT + letter + ")?";
    }

    public static DurationValue parse(String text) {
        Matcher units = UNITS.matcher(text);
        if (text.length() <= 7 * AMOUNT_LENGTH_MAX && units.matches()) {
            return sum(negative(units), new BigDecimal[] {
                amount(units, 2),
                amount(units, 3),
                amount(units, 4),
                amount(units, 5),
                amount(units, 6),
                amount(units, 7),
                amount(units, 8)
            });
        }
        Matcher dateAndTime = DATE_AND_TIME.matcher(text);
        if (dateAndTime.matches()) {
            return sum(negative(dateAndTime), new BigDecimal[] {
                amount(dateAndTime, 2),
                amount(dateAndTime, 3),
                BigDecimal.ZERO,
                amount(dateAndTime, 4),
                amount(dateAndTime, 5),
                amount(dateAndTime, 6),
                amount(dateAndTime, 7)
            });
        }
        throw Failure.argument(
                "InvalidArgumentValue",
                Failure.quoted(text)
                        + " is not a duration. Write it like 'P1Y2M3W4DT5H6M7.8S', leaving out what is zero.");
    }

    private static boolean negative(Matcher matcher) {
        return "-".equals(matcher.group(1));
    }

    private static BigDecimal amount(Matcher matcher, int group) {
        @Nullable String text = matcher.group(group);
        return text == null ? BigDecimal.ZERO : new BigDecimal(text.replace(',', '.'));
    }

    /** @param amounts years, months, weeks, days, hours, minutes, seconds */
    private static DurationValue sum(boolean negative, BigDecimal[] amounts) {
        BigDecimal months = amounts[0].multiply(BigDecimal.valueOf(12)).add(amounts[1]);
        BigDecimal days = amounts[2].multiply(BigDecimal.valueOf(7)).add(amounts[3]);
        BigDecimal seconds = amounts[4]
                .multiply(BigDecimal.valueOf(3600))
                .add(amounts[5].multiply(BigDecimal.valueOf(60)))
                .add(amounts[6]);
        return negative
                ? Durations.of(months.negate(), days.negate(), seconds.negate())
                : Durations.of(months, days, seconds);
    }

    public static String format(DurationValue duration) {
        StringBuilder text = new StringBuilder("P");
        append(text, duration.months() / 12, 'Y');
        append(text, duration.months() % 12, 'M');
        append(text, duration.days(), 'D');
        if (duration.seconds() != 0 || duration.nanos() != 0) {
            appendTime(text.append('T'), duration);
        }
        return text.length() == 1 ? "PT0S" : text.toString();
    }

    private static void append(StringBuilder text, long amount, char unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }

    private static void appendTime(StringBuilder text, DurationValue duration) {
        boolean borrow = duration.seconds() < 0 && duration.nanos() > 0;
        long seconds = borrow ? duration.seconds() + 1 : duration.seconds();
        int nanos = borrow ? 1_000_000_000 - duration.nanos() : duration.nanos();
        append(text, seconds / 3600, 'H');
        append(text, seconds / 60 % 60, 'M');
        long rest = seconds % 60;
        if (rest == 0 && nanos == 0) {
            return;
        }
        text.append(duration.seconds() < 0 ? "-" : "").append(Math.abs(rest));
        if (nanos != 0) {
            int end = text.append('.').append("%09d".formatted(nanos)).length();
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            text.setLength(end);
        }
        text.append('S');
    }
}
