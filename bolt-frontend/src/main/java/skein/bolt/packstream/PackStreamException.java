package skein.bolt.packstream;

/** Bytes that cannot be taken for what they should be. */
public final class PackStreamException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** How much can still be trusted. */
    public enum Kind {
        /** The bytes are no PackStream: whatever follows cannot be trusted either, so the connection ends. */
        MALFORMED,
        /** Well-formed bytes with a content that is not allowed: the message can be answered. */
        INVALID
    }

    private final Kind kind;

    private PackStreamException(Kind kind, String message) {
        // bad input is an expected outcome: a stack trace would only cost a flooded server time
        super(message, null, false, false);
        this.kind = kind;
    }

    public static PackStreamException malformed(String message) {
        return new PackStreamException(Kind.MALFORMED, message);
    }

    public static PackStreamException invalid(String message) {
        return new PackStreamException(Kind.INVALID, message);
    }

    public Kind kind() {
        return kind;
    }
}
