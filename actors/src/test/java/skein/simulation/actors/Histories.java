package skein.simulation.actors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import skein.history.Appends;
import skein.history.BankHistory;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.Operation;
import skein.history.SetHistory;
import skein.history.SetHistory.Insert;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;
import skein.simulation.InvariantBroken;
import skein.simulation.actors.Workload.Answer;
import skein.vocabulary.Bookmark;

/** What the clients of a run were told and have seen, and what must be true of it. */
final class Histories {
    private final List<Write> inserts = new ArrayList<>();
    private final List<Outcome> transfers = new ArrayList<>();
    private final List<BankHistory.Read> balances = new ArrayList<>();
    private final List<Transaction> lists = new ArrayList<>();
    private final Map<UUID, String> reigns = new HashMap<>();
    private boolean warned;

    /** One insert, until it is answered unknown. */
    static final class Write {
        private final long value;
        private Answer answer = Answer.UNKNOWN;

        private Write(long value) {
            this.value = value;
        }

        long value() {
            return value;
        }

        boolean isAcknowledged() {
            return answer == Answer.ACKNOWLEDGED;
        }
    }

    Write insert() {
        Write write = new Write(inserts.size() + 1L);
        inserts.add(write);
        return write;
    }

    void answered(Write write, Answer answer) {
        write.answer = answer;
    }

    /** A transaction that may have written. */
    void answered(Answer answer) {
        warned |= answer == Answer.WARNED;
    }

    /** An insert that is there: I2 says that of all instances one acknowledges those of a reign. */
    void acknowledged(String node, Bookmark bookmark) {
        String other = reigns.putIfAbsent(bookmark.reign(), node);
        if (other != null && !other.equals(node)) {
            throw new InvariantBroken("I2", node + " and " + other + " both acknowledge in reign " + bookmark.reign());
        }
    }

    void transferred(Answer answer) {
        transfers.add(outcome(answer));
    }

    void read(int session, String node, List<Long> found) {
        // before anything was there
        if (!found.isEmpty()) {
            balances.add(new BankHistory.Read(session, node, -1, found));
        }
    }

    void listed(int session, long startedNanos, long endedNanos, Answer answer, List<Operation> operations) {
        lists.add(new Transaction(session, startedNanos, endedNanos, outcome(answer), operations));
    }

    private static Outcome outcome(Answer answer) {
        return switch (answer) {
            case ACKNOWLEDGED -> Outcome.COMMITTED;
            case REFUSED -> Outcome.FAILED;
            case WARNED, UNKNOWN -> Outcome.UNKNOWN;
        };
    }

    /** True when a SYNC replica was ever missed: from then on a promotion may lose what was read. */
    boolean hasWarned() {
        return warned;
    }

    /**
     * I1, I14: what a node has in the end.
     *
     * @param promised whether what was acknowledged without a warning must have survived
     */
    void judgeSet(String node, List<Long> found, boolean promised) {
        List<Insert> known = inserts.stream()
                .map(write -> new Insert(
                        write.value(),
                        promised || write.answer != Answer.ACKNOWLEDGED ? outcome(write.answer) : Outcome.UNKNOWN))
                .toList();
        SetHistory.Verdict verdict = new SetHistory(known, found).check();
        if (!verdict.isClean()) {
            throw new InvariantBroken(verdict.lost().isEmpty() ? "I14" : "I1", node + " has " + verdict);
        }
    }

    /** I6. Only where nothing that was read may be lost. */
    void judgeReads() {
        BankHistory.Verdict bank =
                new BankHistory(Workload.ACCOUNTS, Workload.ACCOUNTS * Workload.BALANCE, transfers, balances).check();
        if (!bank.isClean()) {
            throw new InvariantBroken("I6", String.join("; ", bank.problems()));
        }
        Verdict verdict = HistoryChecker.check(lists, Appends.EXCLUSIVE);
        var violations = verdict.violations(Isolation.SESSION_SNAPSHOT);
        if (!violations.isEmpty()) {
            throw new InvariantBroken("I6", violations.getFirst() + " and " + (violations.size() - 1) + " more");
        }
    }

    long issued() {
        return (long) inserts.size() + transfers.size() + lists.size();
    }

    long acknowledged() {
        return inserts.stream()
                        .filter(write -> write.answer == Answer.ACKNOWLEDGED || write.answer == Answer.WARNED)
                        .count()
                + transfers.stream()
                        .filter(outcome -> outcome == Outcome.COMMITTED)
                        .count()
                + lists.stream()
                        .filter(one -> one.outcome() == Outcome.COMMITTED)
                        .count();
    }
}
