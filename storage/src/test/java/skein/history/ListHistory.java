package skein.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.history.Transaction.Outcome;

/**
 * All that a history tells of one list. Its order of versions is the longest read; where every other read is a prefix
 * of it, each read names the version it saw.
 */
final class ListHistory {
    private final long key;
    private final List<Transaction> history;
    private final Map<Integer, Integer> writers = new HashMap<>();
    private final Map<Integer, Integer> lastAppends = new HashMap<>();
    private final List<Seen> reads = new ArrayList<>();
    private Seen longest = new Seen(-1, new int[0], false);

    ListHistory(long key, List<Transaction> history) {
        this.key = key;
        this.history = history;
    }

    /**
     * One read by a committed transaction.
     *
     * @param version what it saw of others
     * @param early the transaction had not appended to this list yet
     */
    record Seen(int transaction, int[] version, boolean early) {}

    void appended(int transaction, int value) {
        writers.put(value, transaction);
        lastAppends.put(transaction, value);
    }

    void read(Seen seen) {
        reads.add(seen);
        if (seen.version.length > longest.version.length) {
            longest = seen;
        }
    }

    /** Looks at each read by itself, and at each against the longest. */
    List<Finding> findings(Appends appends) {
        List<Finding> found = new ArrayList<>();
        elements(longest, found);
        int incompatible = 0;
        for (Seen seen : reads) {
            if (!isPrefix(seen.version)) {
                incompatible++;
                elements(seen, found);
                if (incompatible == 1) {
                    found.add(Finding.inData(
                            Anomaly.INCOMPATIBLE_ORDER,
                            List.of(seen.transaction, longest.transaction),
                            "list " + key + " was read as " + new Operation.Read(key, seen.version) + " and as "
                                    + new Operation.Read(key, longest.version)));
                }
            }
            intermediate(seen, found);
        }
        if (appends == Appends.EXCLUSIVE) {
            lostUpdates(found);
        }
        return found;
    }

    private void elements(Seen seen, List<Finding> found) {
        Set<Integer> met = new HashSet<>();
        for (int value : seen.version) {
            Integer writer = writers.get(value);
            List<Integer> involved = writer == null ? List.of(seen.transaction) : List.of(seen.transaction, writer);
            if (!met.add(value)) {
                found.add(Finding.inData(
                        Anomaly.DUPLICATE_ELEMENT, involved, "list " + key + " holds " + value + " twice"));
            } else if (writer == null) {
                found.add(
                        Finding.inData(Anomaly.GARBAGE_READ, involved, "nobody appended " + value + " to list " + key));
            } else if (history.get(writer).outcome() == Outcome.FAILED) {
                found.add(Finding.inData(
                        Anomaly.G1A, involved, "a failed transaction appended " + value + " to list " + key));
            }
        }
    }

    private void intermediate(Seen seen, List<Finding> found) {
        if (seen.version.length == 0) {
            return;
        }
        int last = seen.version[seen.version.length - 1];
        Integer writer = writers.get(last);
        if (writer != null && writer != seen.transaction && lastAppends.getOrDefault(writer, last) != last) {
            found.add(Finding.inData(
                    Anomaly.G1B,
                    List.of(seen.transaction, writer),
                    "list " + key + " was read up to " + last + ", after which its writer appended "
                            + lastAppends.get(writer)));
        }
    }

    private void lostUpdates(List<Finding> found) {
        Map<Integer, Integer> versionRead = new HashMap<>();
        for (Seen seen : reads) {
            if (seen.early && lastAppends.containsKey(seen.transaction)) {
                versionRead.put(seen.transaction, seen.version.length);
            }
        }
        Map<Integer, Integer> firstOn = new HashMap<>();
        versionRead.forEach((transaction, version) -> {
            Integer other = firstOn.putIfAbsent(version, transaction);
            if (other != null) {
                found.add(Finding.inData(
                        Anomaly.LOST_UPDATE,
                        List.of(other, transaction),
                        "both read " + version + " elements of list " + key + " and appended to it"));
            }
        });
    }

    /** What the order of versions says about the order of transactions. */
    void addEdges(Edges edges) {
        int[] order = longest.version;
        for (int i = 1; i < order.length; i++) {
            add(edges, writer(order[i - 1]), writer(order[i]), Edges.WRITE);
        }
        List<Integer> unseen = unseenWriters();
        if (order.length > 0) {
            unseen.forEach(writer -> add(edges, writer(order[order.length - 1]), writer, Edges.WRITE));
        }
        for (Seen seen : reads) {
            int length = seen.version.length;
            if (!isPrefix(seen.version)) {
                continue;
            }
            if (length > 0) {
                add(edges, writer(order[length - 1]), seen.transaction, Edges.READ);
            }
            if (length < order.length) {
                add(edges, seen.transaction, writer(order[length]), Edges.ANTI);
            } else {
                unseen.forEach(writer -> add(edges, seen.transaction, writer, Edges.ANTI));
            }
        }
    }

    /** Committed, but never read: they come after everything that was read. */
    private List<Integer> unseenWriters() {
        Set<Integer> seen = new HashSet<>();
        for (int value : longest.version) {
            seen.add(value);
        }
        List<Integer> unseen = new ArrayList<>();
        writers.forEach((value, writer) -> {
            if (!seen.contains(value) && history.get(writer).outcome() == Outcome.COMMITTED) {
                unseen.add(writer);
            }
        });
        return unseen;
    }

    private @Nullable Integer writer(int value) {
        Integer writer = writers.get(value);
        return writer == null || history.get(writer).outcome() == Outcome.FAILED ? null : writer;
    }

    private static void add(Edges edges, @Nullable Integer from, @Nullable Integer to, int kind) {
        if (from != null && to != null && !from.equals(to)) {
            edges.add(from, to, kind);
        }
    }

    private boolean isPrefix(int[] version) {
        int[] order = longest.version;
        for (int i = 0; i < version.length; i++) {
            if (version[i] != order[i]) {
                return false;
            }
        }
        return true;
    }
}
