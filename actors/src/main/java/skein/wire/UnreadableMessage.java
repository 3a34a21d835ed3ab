package skein.wire;

/** Bytes that are not a message this build accepts: an unregistered class, another version, garbage. */
public final class UnreadableMessage extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableMessage(String message) {
        super(message);
    }

    UnreadableMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
