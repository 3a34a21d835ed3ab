package skein.instance;

import java.util.concurrent.atomic.LongAdder;
import skein.cypher.PlanCacheMeter;

/** How often a query's plan was there already since the start. */
final class PlanCounts implements PlanCacheMeter {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    @Override
    public void found() {
        hits.increment();
    }

    @Override
    public void missed() {
        misses.increment();
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }
}
