package skein.cypher.execute;

/** The rows of an inner plan for each input row. */
final class ApplyOperator implements Operator {
    private final Operator input;
    private final Operator inner;

    ApplyOperator(Operator input, Operator inner) {
        this.input = input;
        this.inner = inner;
    }

    /** Runs the inner plan to its end and lets the input row pass. */
    static Operator unit(Operator input, Operator inner) {
        return run -> new Pipe(input, run) {
            private final Cursor rows = inner.open(run);

            @Override
            public boolean next() {
                if (!below.next()) {
                    return false;
                }
                rows.reset();
                while (rows.next()) {
                    run.checkTermination();
                }
                return true;
            }
        };
    }

    @Override
    public Cursor open(Execution run) {
        return new Rows(run);
    }

    private final class Rows extends Pipe {
        private final Cursor rows;
        private boolean active;

        Rows(Execution run) {
            super(input, run);
            this.rows = inner.open(run);
        }

        @Override
        public boolean next() {
            while (true) {
                if (active && rows.next()) {
                    return true;
                }
                active = below.next();
                if (!active) {
                    return false;
                }
                rows.reset();
            }
        }

        @Override
        public void reset() {
            super.reset();
            active = false;
        }
    }
}
