package skein.simulation.cores;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skein.history.BankHistory;
import skein.history.Operation.Append;
import skein.history.Operation.Read;
import skein.history.RegisterHistory;
import skein.history.RegisterHistory.Call;
import skein.history.Transaction;
import skein.simulation.cores.CoreBook.Change;
import skein.simulation.cores.Session.Ended;

/** What sessions do, one transaction after the other: lists that grow, a bank, registers. */
final class Workload {
    static final int ACCOUNTS = 4;
    static final long SUM = 400;

    private static final long FIRST_BALANCE = SUM / ACCOUNTS;
    private static final long BANK = 1_000_000_000L;
    private static final long REGISTERS = 2_000_000_000L;
    private static final int LISTS_HOT = 5;
    private static final int LIST_LENGTH = 30;
    private static final int OPERATIONS_MAX = 4;
    private static final int REGISTER_LIFE = 15;

    private final RandomGenerator random;
    private final Histories histories;
    private int appended;
    private long registerCalls;

    Workload(RandomGenerator random, Histories histories) {
        this.random = random;
        this.histories = histories;
    }

    void next(Session session, Runnable then) {
        switch (random.nextInt(4)) {
            case 0, 1 -> lists(session, then);
            case 2 -> bank(session, then);
            default -> register(session, then);
        }
    }

    private void lists(Session session, Runnable then) {
        boolean writes = random.nextBoolean();
        List<skein.history.Operation> plan = plan(writes);
        List<skein.history.Operation> done = new ArrayList<>();
        session.run(writes, (database, lsn) -> lists(database, lsn, plan, writes, done), ended -> {
            // what a transaction only planned has not happened, or may have: its appends count either way
            boolean ran = !done.isEmpty();
            histories.list(new Transaction(
                    session.number(),
                    ended.startedNanos(),
                    ended.endedNanos(),
                    ran ? ended.outcome() : Transaction.Outcome.FAILED,
                    ran ? done : List.of()));
            then.run();
        });
    }

    private List<skein.history.Operation> plan(boolean writes) {
        List<skein.history.Operation> plan = new ArrayList<>();
        for (int i = random.nextInt(OPERATIONS_MAX); i >= 0; i--) {
            int key = appended / LIST_LENGTH + random.nextInt(LISTS_HOT);
            boolean append = writes && (i == 0 || random.nextBoolean());
            plan.add(append ? new Append(key, ++appended) : new Read(key, new int[0]));
        }
        return plan;
    }

    private static @Nullable List<Change> lists(
            CoreDatabase database,
            long lsn,
            List<skein.history.Operation> plan,
            boolean writes,
            List<skein.history.Operation> done) {
        List<Change> changes = new ArrayList<>();
        for (skein.history.Operation operation : plan) {
            switch (operation) {
                case Append(long key, int value) -> {
                    changes.add(new Change(key, value));
                    done.add(operation);
                }
                case Read(long key, int[] _) -> done.add(new Read(key, read(database, lsn, key, changes)));
            }
        }
        return writes ? changes : null;
    }

    private static int[] read(CoreDatabase database, long lsn, long key, List<Change> own) {
        List<Integer> values = new ArrayList<>();
        for (long value : database.graph().list(key, lsn)) {
            values.add((int) value);
        }
        own.stream().filter(change -> change.key() == key).forEach(change -> values.add((int) change.value()));
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Reads every list at the end. */
    void readAll(Session session, Runnable then) {
        List<skein.history.Operation> plan = new ArrayList<>();
        for (long key = 0; key <= appended / LIST_LENGTH + LISTS_HOT; key++) {
            plan.add(new Read(key, new int[0]));
        }
        List<skein.history.Operation> done = new ArrayList<>();
        session.run(false, (database, lsn) -> lists(database, lsn, plan, false, done), ended -> {
            histories.list(
                    new Transaction(session.number(), ended.startedNanos(), ended.endedNanos(), ended.outcome(), done));
            then.run();
        });
    }

    private void bank(Session session, Runnable then) {
        if (random.nextBoolean()) {
            List<Long> balances = new ArrayList<>();
            session.run(false, (database, lsn) -> balances(database, lsn, balances), ended -> {
                seen(session, ended, balances);
                then.run();
            });
        } else {
            int from = random.nextInt(ACCOUNTS);
            int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
            long amount = random.nextInt(1, 40);
            session.run(true, (database, lsn) -> transfer(database, lsn, from, to, amount), ended -> {
                histories.transfer(ended.outcome());
                then.run();
            });
        }
    }

    private static @Nullable List<Change> balances(CoreDatabase database, long lsn, List<Long> balances) {
        for (int account = 0; account < ACCOUNTS; account++) {
            balances.add(balance(database, lsn, account));
        }
        return null;
    }

    private static long balance(CoreDatabase database, long lsn, int account) {
        return database.graph().newest(BANK + account, lsn).orElse(FIRST_BALANCE);
    }

    private static List<Change> transfer(CoreDatabase database, long lsn, int from, int to, long amount) {
        long present = balance(database, lsn, from);
        long moved = Math.min(present, amount);
        return List.of(
                new Change(BANK + from, present - moved), new Change(BANK + to, balance(database, lsn, to) + moved));
    }

    private void seen(Session session, Ended ended, List<Long> balances) {
        if (ended.outcome() == Transaction.Outcome.COMMITTED && ended.node() != null) {
            histories.bankRead(
                    new BankHistory.Read(session.number(), ended.node().toString(), ended.snapshotLsn(), balances));
        }
    }

    /** A read writes what it has read, so that it is in the order of all commits and not of a MAIN that was deposed. */
    private void register(Session session, Runnable then) {
        long key = registerCalls++ / REGISTER_LIFE;
        long next = registerCalls;
        int kind = random.nextInt(3);
        List<Call> called = new ArrayList<>();
        session.run(
                true,
                (database, lsn) -> {
                    OptionalLong present = database.graph().newest(REGISTERS + key, lsn);
                    called.add(call(kind, present, next));
                    boolean reads = kind == 0 && present.isPresent();
                    return List.of(new Change(REGISTERS + key, reads ? present.getAsLong() : next));
                },
                ended -> {
                    called.forEach(call -> histories.register(new RegisterHistory.Operation(
                            key, ended.startedNanos(), ended.endedNanos(), ended.outcome(), call)));
                    then.run();
                });
    }

    private static Call call(int kind, OptionalLong present, long next) {
        if (present.isEmpty() || kind == 1) {
            return new Call.Write(next);
        }
        return kind == 0 ? new Call.Read(present) : new Call.CompareAndSet(present.getAsLong(), next);
    }
}
