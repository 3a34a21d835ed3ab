package skein.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import skein.history.Isolation.Strictness;

/**
 * Finds cycles and names them.
 *
 * <p>A transaction is two places in time: its start (snapshot) and its commit. Each edge is a statement about time that
 * snapshot isolation makes: who wrote before, or was read, committed before the other started; who did not see a write
 * started before that write committed. A history obeys snapshot isolation exactly when no cycle of such statements
 * exists. (For dirty reads and writes alone, which say less about starts, the cycles are the same.) Where appends
 * commute, who wrote before has committed before the other committed, and no more.
 *
 * <p>Edges are taken in step by step, the harshest anomalies first; a knot of transactions of which one is part of a
 * finding already is passed over, so each knot is one finding.
 */
final class CycleSearch {
    /** Anti-dependencies of a knot that are tried for a cycle without another one. */
    private static final int TRIES_MAX = 500;

    private static final int STEPS_SHOWN = 8;

    private final List<Transaction> history;
    private final Edges edges;
    private final Appends appends;
    private final List<Finding> found = new ArrayList<>();
    private final BitSet reported = new BitSet();

    private CycleSearch(List<Transaction> history, Edges edges, Appends appends) {
        this.history = history;
        this.edges = edges;
        this.appends = appends;
    }

    /** @param known what was found without looking for cycles */
    static List<Finding> in(List<Transaction> history, Edges edges, Appends appends, List<Finding> known) {
        CycleSearch search = new CycleSearch(history, edges, appends);
        known.forEach(finding -> finding.transactions().forEach(search.reported::set));
        search.run();
        return search.found;
    }

    private void run() {
        Edges times = times();
        inTime(times, Edges.WRITE, Strictness.DATA);
        inTime(times, Edges.WRITE | Edges.READ, Strictness.DATA);
        inTime(times, Edges.DATA, Strictness.DATA);
        inTime(times, Edges.WRITE | Edges.READ | Edges.SESSION, Strictness.SESSION);
        inTime(times, Edges.DATA | Edges.SESSION, Strictness.SESSION);
        inTime(times, Edges.WRITE | Edges.READ | Edges.REAL_TIME, Strictness.REAL_TIME);
        inTime(times, Edges.DATA | Edges.REAL_TIME, Strictness.REAL_TIME);
        writeSkews();
    }

    private Edges times() {
        Edges times = new Edges();
        for (int transaction = 0; transaction < history.size(); transaction++) {
            times.add(start(transaction), commit(transaction), Edges.LIFE);
        }
        for (int edge = 0; edge < edges.size(); edge++) {
            int kind = edges.kind(edge);
            boolean fromStart = kind == Edges.ANTI;
            boolean toCommit = kind == Edges.ANTI || kind == Edges.WRITE && appends == Appends.COMMUTING;
            times.add(
                    fromStart ? start(edges.from(edge)) : commit(edges.from(edge)),
                    toCommit ? commit(edges.to(edge)) : start(edges.to(edge)),
                    kind);
        }
        return times;
    }

    private static int start(int transaction) {
        return 2 * transaction;
    }

    private static int commit(int transaction) {
        return 2 * transaction + 1;
    }

    private void inTime(Edges times, int kinds, Strictness strictness) {
        int mask = kinds | Edges.LIFE;
        Knots knots = new Knots(2 * history.size(), times, mask);
        for (int[] knot : knots.all()) {
            if (!touchesReported(knot)) {
                report(name(times, shortest(knots, times, knot, mask), strictness));
            }
        }
    }

    private boolean touchesReported(int[] knot) {
        for (int place : knot) {
            if (reported.get(place / 2)) {
                return true;
            }
        }
        return false;
    }

    private void report(Finding finding) {
        finding.transactions().forEach(reported::set);
        found.add(finding);
    }

    /** A cycle with as few anti-dependencies as can be. */
    private static List<Integer> shortest(Knots knots, Edges times, int[] knot, int mask) {
        List<Integer> antis = knots.within(knot, Edges.ANTI);
        int withoutAnti = mask & ~Edges.ANTI;
        List<Integer> candidates = antis.isEmpty() ? knots.within(knot, mask & ~Edges.LIFE) : antis;
        for (int edge : candidates.subList(0, Math.min(TRIES_MAX, candidates.size()))) {
            List<Integer> back = knots.way(times.to(edge), times.from(edge), withoutAnti);
            if (!back.isEmpty()) {
                return closed(edge, back);
            }
        }
        int edge = candidates.getFirst();
        return closed(edge, knots.way(times.to(edge), times.from(edge), mask));
    }

    private static List<Integer> closed(int edge, List<Integer> back) {
        List<Integer> cycle = new ArrayList<>(List.of(edge));
        cycle.addAll(back);
        return cycle;
    }

    private Finding name(Edges times, List<Integer> cycle, Strictness strictness) {
        int antis = 0;
        boolean onlyWrites = true;
        List<Integer> transactions = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int edge : cycle) {
            int kind = times.kind(edge);
            if (kind != Edges.LIFE) {
                antis += kind == Edges.ANTI ? 1 : 0;
                onlyWrites &= kind == Edges.WRITE;
                int from = times.from(edge) / 2;
                transactions.add(from);
                explain(text, from, kind, transactions.size());
            }
        }
        Anomaly anomaly = switch (antis) {
            case 0 -> onlyWrites ? Anomaly.G0 : Anomaly.G1C;
            case 1 -> Anomaly.G_SINGLE;
            default -> Anomaly.G_NONADJACENT;
        };
        return new Finding(anomaly, strictness, transactions, text.toString());
    }

    private void explain(StringBuilder text, int transaction, int kind, int step) {
        if (step <= STEPS_SHOWN) {
            text.append('T')
                    .append(transaction)
                    .append(' ')
                    .append(history.get(transaction).operations())
                    .append(" -")
                    .append(word(kind))
                    .append("-> ");
        }
    }

    private static String word(int kind) {
        return switch (kind) {
            case Edges.WRITE -> "ww";
            case Edges.READ -> "wr";
            case Edges.ANTI -> "rw";
            case Edges.SESSION -> "session";
            case Edges.REAL_TIME -> "real time";
            default -> throw new IllegalArgumentException("edge of kind " + kind);
        };
    }

    /** What is left: knots of data alone in which nothing worse was found. */
    private void writeSkews() {
        Knots knots = new Knots(history.size(), edges, Edges.DATA);
        for (int[] knot : knots.all()) {
            List<Integer> transactions = java.util.Arrays.stream(knot).boxed().toList();
            if (transactions.stream().noneMatch(reported::get)) {
                report(Finding.inData(Anomaly.WRITE_SKEW, transactions, knot.length + " transactions"));
            }
        }
    }
}
