package skein.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.history.Operation.Append;
import skein.history.Operation.Read;
import skein.history.Transaction.Outcome;

/**
 * Infers from what transactions appended and read in which order they must have happened, and reports where no order
 * that an isolation level allows can explain it. After Adya (Weak Consistency, 1999) and Kingsbury and Alvaro (Elle:
 * Inferring Isolation Anomalies from Experimental Observations, 2020); lists that only grow tell the order of their
 * versions by themselves.
 *
 * <p>Sound: what it reports, happened. Not complete: an order that no read shows stays unknown, so a workload ends with
 * a read of every list.
 */
public final class HistoryChecker {
    private final List<Transaction> history;
    private final Appends appends;
    private final Map<Long, ListHistory> lists = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private HistoryChecker(List<Transaction> history, Appends appends) {
        this.history = history;
        this.appends = appends;
    }

    /** The order of the history means nothing; times and sessions do. */
    public static Verdict check(List<Transaction> history, Appends appends) {
        return new HistoryChecker(List.copyOf(history), appends).run();
    }

    private Verdict run() {
        for (int i = 0; i < history.size(); i++) {
            gather(i);
        }
        Edges edges = new Edges();
        lists.values().forEach(list -> {
            findings.addAll(list.findings(appends));
            list.addEdges(edges);
        });
        int dependencies = edges.size();
        TimeOrder.addSessions(history, edges);
        TimeOrder.addRealTime(history, edges);
        findings.addAll(CycleSearch.in(history, edges, appends, findings));
        return Verdict.of(history, dependencies, findings);
    }

    private void gather(int number) {
        Transaction transaction = history.get(number);
        for (int i = 0; i < transaction.operations().size(); i++) {
            switch (transaction.operations().get(i)) {
                case Append(long key, int value) -> list(key).appended(number, value);
                case Read read -> {
                    if (transaction.outcome() == Outcome.COMMITTED) {
                        gatherRead(number, read, transaction.operations().subList(0, i));
                    }
                }
            }
        }
    }

    private void gatherRead(int number, Read read, List<Operation> before) {
        int[] own = ownAppends(read.key(), before);
        int others = read.values().length - own.length;
        boolean ownAtEnd =
                others >= 0 && Arrays.equals(read.values(), others, read.values().length, own, 0, own.length);
        if (!ownAtEnd) {
            findings.add(Finding.inData(
                    Anomaly.INTERNAL,
                    List.of(number),
                    "the transaction had appended " + Arrays.toString(own) + " and then " + read));
            return;
        }
        int[] version = Arrays.copyOf(read.values(), others);
        int[] earlier = version;
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) instanceof Read other && other.key() == read.key()) {
                int ownThen = ownAppends(read.key(), before.subList(0, i)).length;
                earlier = Arrays.copyOf(other.values(), Math.max(0, other.values().length - ownThen));
            }
        }
        if (!Arrays.equals(version, earlier)) {
            findings.add(Finding.inData(
                    Anomaly.NON_REPEATABLE_READ,
                    List.of(number),
                    "the same transaction read list " + read.key() + " with " + earlier.length + " and with "
                            + version.length + " elements"));
        }
        list(read.key()).read(new ListHistory.Seen(number, version, own.length == 0));
    }

    private static int[] ownAppends(long key, List<Operation> operations) {
        return operations.stream()
                .filter(operation -> operation instanceof Append && operation.key() == key)
                .mapToInt(operation -> operation instanceof Append append ? append.value() : 0)
                .toArray();
    }

    private ListHistory list(long key) {
        return lists.computeIfAbsent(key, number -> new ListHistory(number, history));
    }
}
