package skein.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import skein.history.ListStore;
import skein.history.Operation;
import skein.history.Operation.Read;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;

/**
 * Reads a few lists in one transaction, again and again; answers what it saw.
 *
 * @param lists where it reads
 * @param newest the highest list that anybody has appended to
 * @param hot how many lists below that one are read
 * @param session its number in the history
 * @param over asked before every transaction
 */
public record ListReader(
        BoltLists lists, LongSupplier newest, int hot, int session, Random random, BooleanSupplier over)
        implements Callable<List<Transaction>> {
    private static final int READ_LISTS = 4;

    @Override
    public List<Transaction> call() {
        List<Transaction> seen = new ArrayList<>();
        while (!over.getAsBoolean()) {
            seen.add(readSome());
        }
        return seen;
    }

    private Transaction readSome() {
        long started = System.nanoTime();
        List<Operation> done = new ArrayList<>();
        Outcome outcome;
        try (ListStore.Session transaction = lists.begin()) {
            for (int i = 0; i < READ_LISTS; i++) {
                long key = Math.max(0, newest.getAsLong() - random.nextInt(hot));
                done.add(new Read(key, transaction.read(key)));
            }
            outcome = transaction.commit();
        } catch (ListStore.Refused e) {
            outcome = Outcome.FAILED;
        }
        return new Transaction(session, started, System.nanoTime(), outcome, done);
    }
}
