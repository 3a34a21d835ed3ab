package skein.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import skein.graph.Value;
import skein.history.Operation.Append;
import skein.history.Operation.Read;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.Bookmark;
import skein.vocabulary.SkeinException;

/**
 * One client's session on a cluster: appends on the MAIN, reads of several lists in one transaction anywhere. A list is
 * the property of one node.
 */
final class NodesAsLists {
    private final int session;
    private final boolean keepsBookmarks;
    private List<Bookmark> last = List.of();

    /** @param keepsBookmarks whether each transaction is to see those before it */
    NodesAsLists(int session, boolean keepsBookmarks) {
        this.session = session;
        this.keepsBookmarks = keepsBookmarks;
    }

    static void create(Node main, int lists) {
        main.write("UNWIND range(0, " + (lists - 1) + ") AS k CREATE (:L {k: k, v: []})");
        main.write("CREATE INDEX ON :L(k)");
    }

    /** Reads one list, appends to it and to another. */
    Transaction write(Node main, long first, long second, int value) {
        return attempt(main, AccessMode.WRITE, steps -> {
            steps.read(first);
            steps.append(first, value);
            if (second != first) {
                steps.append(second, value);
            }
        });
    }

    Transaction read(Node node, long... keys) {
        return attempt(node, AccessMode.READ, steps -> LongStream.of(keys).forEach(steps::read));
    }

    private interface Work {
        void run(Steps steps);
    }

    private Transaction attempt(Node node, AccessMode access, Work work) {
        long started = System.nanoTime();
        List<skein.history.Operation> done = new ArrayList<>();
        Outcome outcome = Outcome.COMMITTED;
        try (QuerySession open = node.session()) {
            TransactionOptions options = Node.options(null, access, last);
            open.begin(options);
            work.run(new Steps(open, options, done));
            Bookmark bookmark = open.commit().bookmark();
            last = keepsBookmarks ? List.of(bookmark) : List.of();
        } catch (SkeinException refused) {
            outcome = switch (refused.code().effect()) {
                case NONE -> Outcome.FAILED;
                case UNKNOWN -> Outcome.UNKNOWN;
            };
        }
        return new Transaction(session, started, System.nanoTime(), outcome, done);
    }

    private record Steps(QuerySession open, TransactionOptions options, List<skein.history.Operation> done) {
        void read(long key) {
            QueryCursor cursor = open.run("MATCH (l:L {k: $k}) RETURN l.v", Map.of("k", Value.of(key)), options);
            Value[] row = cursor.next();
            if (row == null || !(row[0] instanceof Value.ListValue list)) {
                throw new AssertionError("list " + key + " is not there");
            }
            done.add(new Read(
                    key,
                    list.values().stream()
                            .mapToInt(each -> each instanceof Value.IntegerValue(long number) ? (int) number : -1)
                            .toArray()));
            cursor.finish();
        }

        void append(long key, int value) {
            done.add(new Append(key, value));
            open.run(
                            "MATCH (l:L {k: $k}) SET l.v = l.v + $v",
                            Map.of("k", Value.of(key), "v", Value.of((long) value)),
                            options)
                    .finish();
        }
    }
}
