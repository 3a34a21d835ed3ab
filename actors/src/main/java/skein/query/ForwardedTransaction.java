package skein.query;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.cypher.PreparedQuery;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.protocol.ForwardingProtocol.ForwardBegin;
import skein.protocol.ForwardingProtocol.ForwardEnd;
import skein.protocol.ForwardingProtocol.ForwardFailed;
import skein.protocol.ForwardingProtocol.ForwardPull;
import skein.protocol.ForwardingProtocol.ForwardRun;
import skein.protocol.ForwardingProtocol.ForwardedDone;
import skein.protocol.ForwardingProtocol.ForwardedRows;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.FromForwarder;
import skein.protocol.ForwardingProtocol.Opening;
import skein.query.Forwarding.Line;
import skein.query.Forwarding.LineLost;
import skein.query.core.ForwardingRules;
import skein.query.core.TransactionLimits;
import skein.session.QueryCursor;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * A transaction of this instance's client that the MAIN carries out: an explicit one, or a query on its own. The MAIN
 * keeps its time limits; here only the client can end it.
 */
final class ForwardedTransaction implements Work {
    private static final TransactionLimits OF_THE_MAIN =
            new TransactionLimits(Duration.ZERO, false, Duration.ZERO, Duration.ZERO);

    private final Line line;
    private final Termination termination = new Termination(OF_THE_MAIN, System::nanoTime);
    private final boolean explicit;
    private @Nullable Opening opening;
    private long results;

    /** Perhaps something is open on the MAIN. */
    private boolean open;

    private boolean released;

    private ForwardedTransaction(Line line, boolean explicit, @Nullable Opening opening) {
        this.line = line;
        this.explicit = explicit;
        this.opening = opening;
    }

    /** @param ended hears, on any thread, that the MAIN is lost */
    static ForwardedTransaction ofOneQuery(Line line, Opening opening, Runnable ended) {
        line.onLost(ended);
        return new ForwardedTransaction(line, false, opening);
    }

    /** As above; {@link #begin} opens it. */
    static ForwardedTransaction explicit(Line line, Opening opening, Runnable ended) {
        line.onLost(ended);
        return new ForwardedTransaction(line, true, opening);
    }

    /** Ends what this session waits for. */
    Termination termination() {
        return termination;
    }

    /** Waits until the MAIN has opened it. */
    void begin() {
        ask(new ForwardBegin(firstOpening()), false, ForwardedDone.class);
    }

    private Opening firstOpening() {
        Opening first = Invariant.present(opening, "it is open already");
        opening = null;
        return first;
    }

    @Override
    public QueryCursor start(String text, PreparedQuery query, Map<String, Value> parameters) {
        return start(text, parameters);
    }

    /** The MAIN reads and plans the text by itself. */
    QueryCursor start(String text, Map<String, Value> parameters) {
        long result = ++results;
        Opening first = explicit ? null : firstOpening();
        return new Cursor(result, ask(new ForwardRun(first, text, parameters, result), false, ForwardedRows.class));
    }

    @Override
    public CommitSummary commit() {
        CommitSummary commit =
                ask(new ForwardEnd(true), true, ForwardedDone.class).commit();
        open = false;
        return Invariant.present(commit, "the MAIN answered a commit without a summary");
    }

    private <T extends FromCarrier> T ask(FromForwarder request, boolean commits, Class<T> expected) {
        FromCarrier answer = termination.await(() -> {
            try {
                open = true;
                return line.ask(request);
            } catch (LineLost e) {
                throw ForwardingRules.lost(line.main(), commits && e.isAsked(), e.detail());
            }
        });
        if (answer instanceof ForwardFailed(var code, String message)) {
            open = false;
            throw new SkeinException(code, message);
        }
        if (!expected.isInstance(answer)) {
            throw ForwardingRules.lost(line.main(), commits, "it answered something else than was asked");
        }
        return expected.cast(answer);
    }

    @Override
    public void rest() {
        // the MAIN knows that it waits: it has answered
    }

    @Override
    public void resume() {
        termination.throwIfEnded();
        try {
            line.requireThere();
        } catch (LineLost e) {
            throw ForwardingRules.lost(line.main(), false, e.detail());
        }
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            line.release(open);
        }
    }

    /** Rows that come in batches; at most one is here. */
    private final class Cursor implements QueryCursor {
        private final long result;
        private final List<String> columns;
        private final Deque<ListValue> rows = new ArrayDeque<>();
        private boolean exhausted;
        private @Nullable QuerySummary summary;

        Cursor(long result, ForwardedRows first) {
            this.result = result;
            this.columns = first.columns();
            take(first);
        }

        private void take(ForwardedRows batch) {
            rows.addAll(batch.rows());
            exhausted = batch.exhausted();
            summary = batch.summary();
        }

        @Override
        public List<String> columns() {
            return columns;
        }

        @Override
        public Value @Nullable [] next() {
            termination.throwIfEnded();
            if (rows.isEmpty() && !exhausted) {
                take(ask(new ForwardPull(result, false), false, ForwardedRows.class));
            }
            ListValue row = rows.poll();
            return row == null ? null : row.values().toArray(Value[]::new);
        }

        @Override
        public QuerySummary finish() {
            rows.clear();
            if (summary == null) {
                take(ask(new ForwardPull(result, true), !explicit, ForwardedRows.class));
                open = explicit;
            }
            return Invariant.present(summary, "the MAIN ended a query without a summary");
        }
    }
}
