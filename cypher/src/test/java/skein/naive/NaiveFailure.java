package skein.naive;

/** A query that fails while it runs. */
public final class NaiveFailure extends RuntimeException {
    private final String kind;

    NaiveFailure(String kind, String message) {
        super(kind + ": " + message);
        this.kind = kind;
    }

    /** The last part of the status code, for example {@code TypeError}. */
    public String kind() {
        return kind;
    }

    static NaiveFailure type(String message) {
        return new NaiveFailure("TypeError", message);
    }

    static NaiveFailure argument(String message) {
        return new NaiveFailure("ArgumentError", message);
    }

    static NaiveFailure arithmetic(String message) {
        return new NaiveFailure("ArithmeticError", message);
    }

    static NaiveFailure gone(String what) {
        return new NaiveFailure("EntityNotFound", what + " was deleted");
    }
}
