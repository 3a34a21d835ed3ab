package skein.cypher.execute;

/** Runs its input to the end and has no rows. */
final class EmptyResultOperator implements Operator {
    private final Operator input;

    EmptyResultOperator(Operator input) {
        this.input = input;
    }

    @Override
    public Cursor open(Execution run) {
        return new Pipe(input, run) {
            @Override
            public boolean next() {
                while (below.next()) {
                    run.checkTermination();
                }
                return false;
            }
        };
    }
}
