package skein.vocabulary;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a user, compared ignoring case.
 *
 * @param value 1 to 128 characters: letters a to z, digits and {@code _ . + - @}
 */
public record UserName(String value) {
    private static final int LENGTH_MAX = 128;
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9_.+@-]{1," + LENGTH_MAX + "}");
    private static final int SHOWN_MAX = 40;

    public UserName {
        if (!isUsable(value)) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "SKEIN-USER-001: The user name '" + shown(value) + "' is not usable. Choose 1 to " + LENGTH_MAX
                            + " characters of a to z, 0 to 9 and _ . + - @.");
        }
    }

    /** Whether a user can have this name. */
    public static boolean isUsable(String text) {
        return USABLE.matcher(text).matches();
    }

    private static String shown(String value) {
        return value.length() > SHOWN_MAX ? value.substring(0, SHOWN_MAX) + "..." : value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserName(String name) && name.equalsIgnoreCase(value);
    }

    @Override
    public int hashCode() {
        return value.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
