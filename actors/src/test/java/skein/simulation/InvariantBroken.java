package skein.simulation;

/** One of the promises did not hold. */
public final class InvariantBroken extends AssertionError {
    private static final long serialVersionUID = 1;

    public InvariantBroken(String invariant, String what) {
        super(invariant + ": " + what);
    }
}
