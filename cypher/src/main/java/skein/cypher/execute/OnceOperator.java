package skein.cypher.execute;

/** One row; where an inner plan takes up the row of the outer one. */
final class OnceOperator implements Operator {
    @Override
    public Cursor open(Execution run) {
        return new Cursor() {
            private boolean done;

            @Override
            public boolean next() {
                boolean first = !done;
                done = true;
                return first;
            }

            @Override
            public void reset() {
                done = false;
            }
        };
    }
}
