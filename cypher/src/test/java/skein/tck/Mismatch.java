package skein.tck;

/** The database did something other than the scenario says. */
final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1;

    Mismatch(String message) {
        super(message);
    }

    static void unless(boolean holds, String otherwise) {
        if (!holds) {
            throw new Mismatch(otherwise);
        }
    }
}
