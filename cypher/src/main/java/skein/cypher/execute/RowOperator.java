package skein.cypher.execute;

/** Does something with every row and lets it pass: computes values, changes the graph. */
final class RowOperator implements Operator {
    private final Operator input;
    private final Step step;

    /** Works on the row in the frame. */
    @FunctionalInterface
    interface Step {
        void perform(Execution run);
    }

    RowOperator(Operator input, Step step) {
        this.input = input;
        this.step = step;
    }

    @Override
    public Cursor open(Execution run) {
        return new Pipe(input, run) {
            @Override
            public boolean next() {
                if (!below.next()) {
                    return false;
                }
                run.checkTermination();
                step.perform(run);
                return true;
            }
        };
    }
}
