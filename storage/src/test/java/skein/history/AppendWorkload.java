package skein.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import skein.history.ListStore.Refused;
import skein.history.Operation.Append;
import skein.history.Operation.Read;
import skein.history.Transaction.Outcome;

/**
 * Sessions that append to and read a few hot lists in transactions of one to four operations, and note what they see. A
 * list that has grown long makes room for a new one, so that reads stay short and the history long.
 *
 * @param sessions threads, each with one transaction at a time
 * @param transactions in all, without the reads of every list at the end
 * @param hotLists lists in use at a time
 * @param listLength appends to a list before the next takes its place
 * @param seed of what is attempted; what happens depends on the threads too
 */
public record AppendWorkload(int sessions, int transactions, int hotLists, int listLength, long seed) {
    private static final int OPERATIONS_MAX = 4;

    /** Thirty hot lists of at most a hundred elements, as Elle's workloads have them. */
    public static AppendWorkload standard(int sessions, int transactions, long seed) {
        return new AppendWorkload(sessions, transactions, 30, 100, seed);
    }

    /** Runs it and answers the history. */
    public List<Transaction> run(ListStore store) {
        return run(store, () -> false);
    }

    /**
     * As above.
     *
     * @param enough asked before every transaction; once it says so no other one begins, however few there were
     */
    public List<Transaction> run(ListStore store, BooleanSupplier enough) {
        Run run = new Run(store, enough, new AtomicInteger(), new AtomicInteger(transactions));
        List<Callable<List<Transaction>>> work = new ArrayList<>();
        for (int session = 0; session < sessions; session++) {
            int number = session;
            work.add(() -> session(run, number));
        }
        List<Transaction> history = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(sessions)) {
            for (Future<List<Transaction>> each : threads.invokeAll(work)) {
                history.addAll(each.get());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
        int lists = Math.max(hotLists, run.values.get() / listLength + hotLists + 1);
        for (long key = 0; key < lists; key++) {
            long read = key;
            history.add(attempt(store, sessions, List.of(new Read(read, new int[0]))));
        }
        return history;
    }

    private record Run(ListStore store, BooleanSupplier enough, AtomicInteger values, AtomicInteger left) {}

    private List<Transaction> session(Run run, int session) {
        SplittableRandom random = new SplittableRandom(seed * 31 + session);
        List<Transaction> done = new ArrayList<>();
        while (run.left.getAndDecrement() > 0 && !run.enough.getAsBoolean()) {
            done.add(attempt(run.store, session, plan(run, random)));
        }
        return done;
    }

    private List<Operation> plan(Run run, SplittableRandom random) {
        List<Operation> plan = new ArrayList<>();
        for (int i = random.nextInt(OPERATIONS_MAX); i >= 0; i--) {
            // one list in turn makes room for another each time a list's worth of values has been appended
            long oldest = run.values.get() / listLength;
            long key = oldest + random.nextInt(hotLists);
            plan.add(random.nextBoolean() ? new Read(key, new int[0]) : new Append(key, run.values.incrementAndGet()));
        }
        return plan;
    }

    @SuppressWarnings("ThreadPriorityCheck") // gives other sessions a turn between two steps; nothing relies on it
    private static Transaction attempt(ListStore store, int session, List<Operation> plan) {
        List<Operation> done = new ArrayList<>();
        long started = System.nanoTime();
        Outcome outcome;
        try (ListStore.Session transaction = store.begin()) {
            for (Operation operation : plan) {
                Thread.yield();
                switch (operation) {
                    case Read(long key, int[] ignored) -> done.add(new Read(key, transaction.read(key)));
                    case Append(long key, int value) -> done.addAll(transaction.append(key, value));
                }
            }
            outcome = transaction.commit();
        } catch (Refused refused) {
            outcome = Outcome.FAILED;
        }
        return new Transaction(session, started, System.nanoTime(), outcome, done);
    }
}
