package skein.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skein.history.Transaction.Outcome;

/** Edges that clocks and sessions give, without those that follow from others. */
final class TimeOrder {
    private TimeOrder() {}

    private record Moment(long nanos, boolean end, int transaction) {}

    static void addSessions(List<Transaction> history, Edges edges) {
        Map<Integer, Integer> lastOf = new HashMap<>();
        for (Moment moment : moments(history)) {
            if (!moment.end) {
                Integer before = lastOf.put(history.get(moment.transaction).session(), moment.transaction);
                if (before != null) {
                    edges.add(before, moment.transaction, Edges.SESSION);
                }
            }
        }
    }

    /** The frontier holds what has ended and is not before anything else that has ended. */
    static void addRealTime(List<Transaction> history, Edges edges) {
        List<Integer> frontier = new ArrayList<>();
        Map<Integer, List<Integer>> endedBefore = new HashMap<>();
        for (Moment moment : moments(history)) {
            if (moment.end) {
                frontier.removeAll(endedBefore.remove(moment.transaction));
                frontier.add(moment.transaction);
            } else {
                endedBefore.put(moment.transaction, List.copyOf(frontier));
                frontier.forEach(before -> edges.add(before, moment.transaction, Edges.REAL_TIME));
            }
        }
    }

    /** Of what committed; where two are at the same time, beginnings come first. */
    private static List<Moment> moments(List<Transaction> history) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Transaction transaction = history.get(i);
            if (transaction.outcome() == Outcome.COMMITTED) {
                moments.add(new Moment(transaction.startedNanos(), false, i));
                moments.add(new Moment(transaction.endedNanos(), true, i));
            }
        }
        moments.sort(Comparator.comparingLong(Moment::nanos).thenComparing(Moment::end));
        return moments;
    }
}
