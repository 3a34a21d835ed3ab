package skein.cypher.execute;

/** A cursor that reads one other cursor. */
abstract class Pipe implements Cursor {
    protected final Cursor below;
    protected final Execution run;

    Pipe(Operator input, Execution run) {
        this.below = input.open(run);
        this.run = run;
    }

    @Override
    public void reset() {
        below.reset();
    }
}
