package skein.cypher.execute;

import java.util.IdentityHashMap;
import skein.cypher.plan.LogicalPlan;

/** Counts rows and time per operator of one run. The plan it was compiled into must run once only. */
final class Profile implements PlanProbe {
    private final IdentityHashMap<LogicalPlan, Measure> measures = new IdentityHashMap<>();

    /** What one operator has done; time includes that of the operators below. */
    static final class Measure {
        long hits;
        long rows;
        long nanos;
    }

    Measure of(LogicalPlan plan) {
        return measures.computeIfAbsent(plan, _ -> new Measure());
    }

    @Override
    public Operator around(LogicalPlan plan, Operator operator) {
        Measure measure = of(plan);
        return run -> measured(operator.open(run), measure, run);
    }

    private static Cursor measured(Cursor cursor, Measure measure, Execution run) {
        return new Cursor() {
            @Override
            public boolean next() {
                long begin = run.environment().nanoTime();
                try {
                    boolean found = cursor.next();
                    measure.rows += found ? 1 : 0;
                    return found;
                } finally {
                    measure.hits++;
                    measure.nanos += run.environment().nanoTime() - begin;
                }
            }

            @Override
            public void reset() {
                cursor.reset();
            }
        };
    }
}
