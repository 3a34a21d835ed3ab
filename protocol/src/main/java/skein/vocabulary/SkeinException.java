package skein.vocabulary;

/**
 * An expected failure on its way to a user: a code that tells programs what to conclude and a message that tells people
 * what happened, why, and what to do.
 */
public final class SkeinException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public SkeinException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public SkeinException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** Expected failures are answers, not bugs: they carry no stack trace unless there is a cause to show. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
