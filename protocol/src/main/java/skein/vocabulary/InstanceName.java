package skein.vocabulary;

/**
 * The name of an instance: one process, as shown in topology tables.
 *
 * @param value 1 to 63 characters
 */
public record InstanceName(String value) {
    private static final int LENGTH_MAX = 63;

    public InstanceName {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The instance name '" + value + "' is not usable: it has " + value.length()
                            + " characters. Choose a name of 1 to " + LENGTH_MAX + " characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
