package skein.cypher.expression.temporal;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;

/** The text of time zones: {@code Z}, offsets like {@code +01}, {@code +0100} and {@code +02:05:59}, and names. */
final class ZoneText {
    private static final Pattern OFFSET = Pattern.compile("([-+])([0-9]{1,2})(?::?([0-9]{2}))?(?::?([0-9]{2}))?");

    private ZoneText() {}

    /** A zone by offset or by name. */
    static ZoneId parse(String text) {
        if (text.equals("Z") || text.equals("z")) {
            return ZoneOffset.UTC;
        }
        return OFFSET.matcher(text).matches() ? offset(text) : named(text);
    }

    static ZoneOffset offset(String text) {
        if (text.equals("Z") || text.equals("z")) {
            return ZoneOffset.UTC;
        }
        Matcher matcher = OFFSET.matcher(text);
        try {
            if (matcher.matches()) {
                int sign = matcher.group(1).equals("-") ? -1 : 1;
                return ZoneOffset.ofHoursMinutesSeconds(
                        sign * Integer.parseInt(matcher.group(2)),
                        sign * number(matcher.group(3)),
                        sign * number(matcher.group(4)));
            }
        } catch (DateTimeException e) {
            // Answered below: digits in the right places that are no offset, such as +25:00.
        }
        throw Failure.argument(
                "InvalidArgumentValue",
                Failure.quoted(text) + " is not a time zone offset. Write 'Z' or up to eighteen hours like '+01:00'.");
    }

    static ZoneId named(String name) {
        try {
            return ZoneId.of(name.replace(' ', '_'));
        } catch (DateTimeException e) {
            throw Failure.argument(
                    "InvalidArgumentValue",
                    "'" + name
                            + "' is not a known time zone. Write a name like 'Europe/Stockholm' or an offset like '+01:00'.");
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
