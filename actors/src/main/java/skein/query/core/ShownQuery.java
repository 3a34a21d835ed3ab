package skein.query.core;

import java.util.regex.Pattern;

/** Query text as {@code SHOW TRANSACTIONS} shows it: not endless, and never with a password. */
public final class ShownQuery {
    /** Longest text that is shown, in characters. */
    public static final int LENGTH_MAX = 2_000;

    private static final Pattern ABOUT_PASSWORDS = Pattern.compile("password", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL =
            Pattern.compile("'(?:[^'\\\\]|\\\\.)*+(?:'|\\\\?$)|\"(?:[^\"\\\\]|\\\\.)*+(?:\"|\\\\?$)", Pattern.DOTALL);

    private ShownQuery() {}

    /** Every string of a text that mentions passwords is hidden: which of them is one is not worth a guess. */
    public static String of(String text) {
        String shown =
                ABOUT_PASSWORDS.matcher(text).find() ? LITERAL.matcher(text).replaceAll("'****'") : text;
        return shown.length() <= LENGTH_MAX ? shown : shown.substring(0, LENGTH_MAX) + "…";
    }
}
