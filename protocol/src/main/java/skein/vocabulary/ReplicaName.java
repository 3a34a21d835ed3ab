package skein.vocabulary;

/**
 * The name under which a MAIN knows one of its replicas.
 *
 * @param value 1 to 63 characters
 */
public record ReplicaName(String value) {
    private static final int LENGTH_MAX = 63;

    public ReplicaName {
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The replica name '" + value + "' is not usable: it has " + value.length()
                            + " characters. Choose a name of 1 to " + LENGTH_MAX + " characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
