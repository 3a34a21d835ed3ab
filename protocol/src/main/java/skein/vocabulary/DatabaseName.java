package skein.vocabulary;

/**
 * The name of a database: a named graph within an instance, compared ignoring case.
 *
 * @param value 1 to 63 characters
 */
public record DatabaseName(String value) {
    private static final int LENGTH_MAX = 63;

    public DatabaseName {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The database name '" + value + "' is not usable: it has " + value.length()
                            + " characters. Choose a name of 1 to " + LENGTH_MAX + " characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
