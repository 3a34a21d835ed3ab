package skein.bolt.packstream;

import skein.vocabulary.ErrorCode;

/** Bytes that cannot be taken for what they should be, or not now. */
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
    private final ErrorCode code;

    private PackStreamException(Kind kind, ErrorCode code, String message) {
        // bad input is an expected outcome: a stack trace would only cost a flooded server time
        super(message, null, false, false);
        this.kind = kind;
        this.code = code;
    }

    public static PackStreamException malformed(String message) {
        return new PackStreamException(Kind.MALFORMED, ErrorCode.REQUEST_INVALID, message);
    }

    public static PackStreamException invalid(String message) {
        return new PackStreamException(Kind.INVALID, ErrorCode.REQUEST_INVALID, message);
    }

    /** Sound, but more than there is room for: LIMIT_EXCEEDED for ever, MEMORY_LIMIT at this moment. */
    public static PackStreamException tooMuch(ErrorCode code, String message) {
        return new PackStreamException(Kind.INVALID, code, message);
    }

    /** What a client is told. */
    public ErrorCode code() {
        return code;
    }

    public Kind kind() {
        return kind;
    }
}
