package skein.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Text to typed values; every parser throws IllegalArgumentException whose message is the reason alone. */
final class Parsers {
    private static final int MILLIS_PER_HOUR = 3_600_000;

    private Parsers() {}

    static Function<String, Integer> integer(int min, int max) {
        return text -> {
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("it is not a whole number", e);
            }
            if (value < min || value > max) {
                throw new IllegalArgumentException("it is not between " + min + " and " + max);
            }
            return value;
        };
    }

    /** Seconds, decimals allowed. */
    static Function<String, Duration> seconds(double min, double max) {
        return text -> {
            double value;
            try {
                value = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("it is not a number of seconds", e);
            }
            if (!(value >= min && value <= max)) {
                throw new IllegalArgumentException("it is not between " + min + " and " + max + " seconds");
            }
            return Duration.ofMillis(Math.round(value * 1000));
        };
    }

    /** Hours, decimals allowed. */
    static Function<String, Duration> hours(double min, double max) {
        return text -> {
            double value;
            try {
                value = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("it is not a number of hours", e);
            }
            if (!(value >= min && value <= max)) {
                throw new IllegalArgumentException("it is not between " + min + " and " + max + " hours");
            }
            return Duration.ofMillis(Math.round(value * MILLIS_PER_HOUR));
        };
    }

    static Function<String, Duration> wholeSeconds(int min, int max) {
        return integer(min, max).andThen(Duration::ofSeconds);
    }

    /** Whole milliseconds. */
    static Function<String, Duration> millis(int min, int max) {
        return integer(min, max).andThen(Duration::ofMillis);
    }

    static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("it is neither true nor false");
        };
    }

    static String name(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException(
                    "a name has 1 to 63 letters, digits, '_', '-' or '.' and starts with a letter or '_'");
        }
        return text;
    }

    /** A name, or nothing. */
    static String optionalName(String text) {
        return text.isEmpty() ? text : name(text);
    }

    static String host(String text) {
        if (text.isEmpty() || text.indexOf(':') >= 0 || text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("it is not an IPv4 address or a host name");
        }
        return text;
    }

    static String optionalHost(String text) {
        return text.isEmpty() ? text : host(text);
    }

    static Path path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e.getReason(), e);
        }
    }

    /** Words separated by commas, blanks around them left out. */
    static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A constant of an enumeration, in either case. */
    static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is not one of the choices"));
    }

    static Function<String, String> oneOf(List<String> choices) {
        return text -> choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is not one of the choices"));
    }
}
