package skein.cypher.execute;

/** The input rows for which an inner plan has a row, or has none. */
final class SemiApplyOperator implements Operator {
    private final Operator input;
    private final Operator inner;
    private final boolean wanted;

    SemiApplyOperator(Operator input, Operator inner, boolean negated) {
        this.input = input;
        this.inner = inner;
        this.wanted = !negated;
    }

    @Override
    public Cursor open(Execution run) {
        return new Pipe(input, run) {
            private final Cursor rows = inner.open(run);

            @Override
            public boolean next() {
                while (below.next()) {
                    run.checkTermination();
                    rows.reset();
                    if (rows.next() == wanted) {
                        return true;
                    }
                }
                return false;
            }
        };
    }
}
