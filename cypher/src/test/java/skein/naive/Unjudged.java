package skein.naive;

/** A query that this package has no opinion about: it is too large, or uses what is not written down here. */
public final class Unjudged extends RuntimeException {
    private final boolean tooLarge;

    private Unjudged(String message, boolean tooLarge) {
        super(message);
        this.tooLarge = tooLarge;
    }

    static Unjudged tooLarge() {
        return new Unjudged("too many rows", true);
    }

    static Unjudged unknown(Object what) {
        return new Unjudged("not written down: " + what, false);
    }

    /** False when something is missing here. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
