package skein.tls;

/** A PEM file cannot be used; the message names the file and says why, as part of a sentence. */
public final class UnusablePem extends Exception {
    private static final long serialVersionUID = 1;

    UnusablePem(String message) {
        super(message);
    }

    UnusablePem(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message, which is always there. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
