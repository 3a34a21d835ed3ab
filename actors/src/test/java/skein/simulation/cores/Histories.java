package skein.simulation.cores;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import skein.history.Appends;
import skein.history.BankHistory;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.RegisterHistory;
import skein.history.SetHistory;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.simulation.InvariantBroken;

/** What sessions saw in a run, for the checkers that judge real processes too. */
final class Histories {
    private final List<Transaction> lists = new ArrayList<>();
    private final List<Outcome> transfers = new ArrayList<>();
    private final List<BankHistory.Read> bankReads = new ArrayList<>();
    private final List<RegisterHistory.Operation> registers = new ArrayList<>();

    void list(Transaction transaction) {
        lists.add(transaction);
    }

    void transfer(Outcome outcome) {
        transfers.add(outcome);
    }

    void bankRead(BankHistory.Read read) {
        bankReads.add(read);
    }

    void register(RegisterHistory.Operation operation) {
        registers.add(operation);
    }

    /** Those on lists that began in this time; answers how many of them committed. */
    Share listsBetween(long fromNanos, long toNanos) {
        List<Transaction> then = lists.stream()
                .filter(one -> one.startedNanos() >= fromNanos && one.startedNanos() < toNanos)
                .toList();
        return new Share(then.size(), (int)
                then.stream().filter(one -> one.outcome() == Outcome.COMMITTED).count());
    }

    /** So many of those that were tried were done. */
    record Share(int tried, int done) {}

    /** How many transactions committed. */
    int committed() {
        return (int)
                lists.stream().filter(one -> one.outcome() == Outcome.COMMITTED).count();
    }

    /**
     * I6, and the rest: nobody has seen anything that snapshot isolation with bookmarks excludes.
     *
     * @param last values of all records at the end
     */
    void judge(List<Operation> operations, List<Long> last) {
        var appended = HistoryChecker.check(lists, Appends.EXCLUSIVE).violations(Isolation.SESSION_SNAPSHOT);
        check("I6 lists", appended.isEmpty(), appended::toString);
        var bank = new BankHistory(Workload.ACCOUNTS, Workload.SUM, transfers, bankReads).check();
        check("I6 bank", bank.isClean(), bank::toString);
        var register = new RegisterHistory(registers).check();
        check("I6 register", register.broken().isEmpty(), register::toString);
        var set = new SetHistory(inserts(operations), last).check();
        check("I1 set", set.isClean(), set::toString);
    }

    private static List<SetHistory.Insert> inserts(List<Operation> operations) {
        return operations.stream()
                .map(operation -> new SetHistory.Insert(
                        operation.value(),
                        switch (operation.outcome()) {
                            case ACKNOWLEDGED -> operation.isExcused() ? Outcome.UNKNOWN : Outcome.COMMITTED;
                            case REFUSED -> Outcome.FAILED;
                            case WARNED, UNKNOWN, OPEN -> Outcome.UNKNOWN;
                        }))
                .toList();
    }

    private static void check(String invariant, boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new InvariantBroken(invariant, what.get());
        }
    }
}
