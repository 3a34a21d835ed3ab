package skein.simulation.actors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.history.Operation;
import skein.instance.Instance;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.QuerySession.CommitSummary;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What clients do in one transaction, over the sessions that Bolt uses. Runs on a thread of the instance. */
final class Workload {
    static final int ACCOUNTS = 4;
    static final long BALANCE = 100;
    static final int LISTS = 5;

    private Workload() {}

    /** What a client was told. */
    enum Answer {
        ACKNOWLEDGED,
        /** A replica did not confirm: what was written may be lost. */
        WARNED,
        REFUSED,
        UNKNOWN
    }

    /**
     * What came of a transaction.
     *
     * @param bookmark null when it was not committed
     * @param seen what it read; means nothing when it was not committed
     * @param error null when there was none
     */
    record Result<T>(
            Answer answer,
            @Nullable Bookmark bookmark,
            @Nullable T seen,
            @Nullable ErrorCode error) {}

    /** Accounts and lists, all in one transaction; answers whether they are there. */
    static Result<Boolean> prepare(Instance instance) {
        return transaction(instance, AccessMode.WRITE, null, session -> {
            if (rows(session, "MATCH (a:A) RETURN a.n", Map.of()).isEmpty()) {
                rows(
                        session,
                        "UNWIND range(1, " + ACCOUNTS + ") AS n CREATE (:A {n: n, b: " + BALANCE + "})",
                        Map.of());
                rows(session, "UNWIND range(1, " + LISTS + ") AS k CREATE (:L {k: k, l: []})", Map.of());
            }
            return true;
        });
    }

    static Result<Boolean> insert(Instance instance, long value, @Nullable Bookmark after) {
        return transaction(instance, AccessMode.WRITE, after, session -> {
            rows(session, "CREATE (:W {v: $v})", Map.of("v", new IntegerValue(value)));
            return true;
        });
    }

    static Result<Boolean> transfer(Instance instance, long from, long to, long amount, @Nullable Bookmark after) {
        return transaction(instance, AccessMode.WRITE, after, session -> {
            rows(
                    session,
                    "MATCH (a:A {n: $from}), (b:A {n: $to}) WHERE a.b >= $x SET a.b = a.b - $x, b.b = b.b + $x",
                    Map.of("from", new IntegerValue(from), "to", new IntegerValue(to), "x", new IntegerValue(amount)));
            return true;
        });
    }

    static Result<List<Long>> balances(Instance instance, @Nullable Bookmark after) {
        return transaction(
                instance,
                AccessMode.READ,
                after,
                session -> rows(session, "MATCH (a:A) RETURN a.b ORDER BY a.n", Map.of()).stream()
                        .map(row -> integer(row[0]))
                        .toList());
    }

    static Result<List<Long>> inserted(Instance instance) {
        return transaction(
                instance,
                AccessMode.READ,
                null,
                session -> rows(session, "MATCH (w:W) RETURN w.v", Map.of()).stream()
                        .map(row -> integer(row[0]))
                        .toList());
    }

    /** Reads and appends as planned; null where the lists are not there yet. */
    static Result<List<Operation>> lists(
            Instance instance, List<Operation> plan, AccessMode access, @Nullable Bookmark after) {
        return transaction(instance, access, after, session -> {
            List<Operation> done = new ArrayList<>();
            for (Operation operation : plan) {
                switch (operation) {
                    case Operation.Read(long key, int[] _) -> {
                        List<Value[]> found =
                                rows(session, "MATCH (x:L {k: $k}) RETURN x.l", Map.of("k", new IntegerValue(key)));
                        done.add(new Operation.Read(key, found.isEmpty() ? new int[0] : integers(found.getFirst()[0])));
                    }
                    case Operation.Append(long key, int value) -> {
                        List<Value[]> changed = rows(
                                session,
                                "MATCH (x:L {k: $k}) SET x.l = x.l + $v RETURN x.k",
                                Map.of("k", new IntegerValue(key), "v", new IntegerValue(value)));
                        if (!changed.isEmpty()) {
                            done.add(operation);
                        }
                    }
                }
            }
            return done;
        });
    }

    private static <T> Result<T> transaction(
            Instance instance, AccessMode access, @Nullable Bookmark after, Function<QuerySession, T> work) {
        try (QuerySession session = instance.queries().open("client")) {
            session.begin(
                    new TransactionOptions(null, access, after == null ? List.of() : List.of(after), null, Map.of()));
            T seen = work.apply(session);
            CommitSummary summary = session.commit();
            Answer answer = summary.notifications().isEmpty() ? Answer.ACKNOWLEDGED : Answer.WARNED;
            return new Result<>(answer, summary.bookmark(), seen, null);
        } catch (SkeinException e) {
            Answer answer = e.code().effect() == ErrorCode.Effect.NONE ? Answer.REFUSED : Answer.UNKNOWN;
            return new Result<>(answer, null, null, e.code());
        }
    }

    private static List<Value[]> rows(QuerySession session, String query, Map<String, Value> parameters) {
        List<Value[]> rows = new ArrayList<>();
        QueryCursor cursor = session.runInTransaction(query, parameters);
        for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
            rows.add(row);
        }
        cursor.finish();
        return rows;
    }

    private static long integer(Value value) {
        return value instanceof IntegerValue(long number) ? number : Long.MIN_VALUE;
    }

    private static int[] integers(Value value) {
        return value instanceof ListValue(List<Value> values)
                ? values.stream().mapToInt(one -> (int) integer(one)).toArray()
                : new int[0];
    }
}
