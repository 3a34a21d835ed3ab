package skein.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import skein.history.Transaction.Outcome;

/**
 * Unique values that were inserted one by one, and what was there in the end. What was acknowledged must be there, what
 * failed must not, nothing may be there twice, and nothing that nobody inserted.
 *
 * @param inserts in any order; a value is inserted once
 * @param last everything that was read after the last fault had healed, in any order
 */
public record SetHistory(List<Insert> inserts, List<Long> last) {
    public SetHistory {
        inserts = List.copyOf(inserts);
        last = List.copyOf(last);
    }

    /** One insert, as its client saw it. A warning that the write may be lost makes it {@link Outcome#UNKNOWN}. */
    public record Insert(long value, Outcome outcome) {}

    /**
     * What is wrong; all empty when nothing is.
     *
     * @param lost acknowledged and not there
     * @param reappeared called failed and there
     * @param invented there, and nobody inserted it
     * @param doubled there more than once
     */
    public record Verdict(
            Outcomes outcomes, Set<Long> lost, Set<Long> reappeared, Set<Long> invented, Set<Long> doubled) {
        public boolean isClean() {
            return lost.isEmpty() && reappeared.isEmpty() && invented.isEmpty() && doubled.isEmpty();
        }

        @Override
        public String toString() {
            return "%s: lost %s, reappeared %s, invented %s, doubled %s"
                    .formatted(outcomes, lost, reappeared, invented, doubled);
        }
    }

    public Verdict check() {
        Map<Long, Outcome> inserted = new HashMap<>();
        for (Insert insert : inserts) {
            if (inserted.put(insert.value(), insert.outcome()) != null) {
                throw new IllegalArgumentException("the workload inserted " + insert.value() + " twice");
            }
        }
        Set<Long> there = new HashSet<>();
        Set<Long> doubled = new TreeSet<>();
        Set<Long> reappeared = new TreeSet<>();
        Set<Long> invented = new TreeSet<>();
        for (long value : last) {
            if (!there.add(value)) {
                doubled.add(value);
            }
            if (!inserted.containsKey(value)) {
                invented.add(value);
            } else if (inserted.get(value) == Outcome.FAILED) {
                reappeared.add(value);
            }
        }
        Set<Long> lost = new TreeSet<>();
        inserted.forEach((value, outcome) -> {
            if (outcome == Outcome.COMMITTED && !there.contains(value)) {
                lost.add(value);
            }
        });
        return new Verdict(Outcomes.of(inserted.values()), lost, reappeared, invented, doubled);
    }
}
