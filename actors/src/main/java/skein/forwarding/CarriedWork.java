package skein.forwarding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.forwarding.core.LineState;
import skein.forwarding.core.Weight;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.protocol.ForwardingProtocol.ForwardBegin;
import skein.protocol.ForwardingProtocol.ForwardCancel;
import skein.protocol.ForwardingProtocol.ForwardEnd;
import skein.protocol.ForwardingProtocol.ForwardFailed;
import skein.protocol.ForwardingProtocol.ForwardPull;
import skein.protocol.ForwardingProtocol.ForwardRun;
import skein.protocol.ForwardingProtocol.ForwardedDone;
import skein.protocol.ForwardingProtocol.ForwardedRows;
import skein.protocol.ForwardingProtocol.FromCarrier;
import skein.protocol.ForwardingProtocol.FromForwarder;
import skein.protocol.ForwardingProtocol.LineWanted;
import skein.protocol.ForwardingProtocol.Opening;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.TransactionOptions;
import skein.storage.memory.MemoryPool;
import skein.storage.memory.MemoryPool.Purpose;
import skein.storage.memory.Reservation;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * What is open on one line: a session for each transaction, with the limits and rights that any client's session has.
 * Confined to the line's thread but for {@link #interrupt}.
 */
final class CarriedWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CarriedWork.class);
    private static final int BATCH_ROWS_MAX = 1000;

    /** A batch ends with the row that goes beyond. */
    private static final long BATCH_BYTES = 64 << 10;

    /** Rows that come slowly are not held back for others. */
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Carrier carrier;
    private final String forwarder;
    private final Reservation queries;
    private final Reservation batch;
    private final Map<Long, QueryCursor> cursors = new HashMap<>();
    private LineState state = LineState.FREE;
    private volatile @Nullable QuerySession session;

    /** @param forwarder the name of the replica or the coordinator, for people */
    CarriedWork(Carrier carrier, String forwarder, MemoryPool memory) {
        this.carrier = carrier;
        this.forwarder = forwarder;
        this.queries = new Reservation(memory, "a forwarded query");
        this.batch = new Reservation(memory, "the result of a forwarded query");
    }

    /** False when the request does not belong here. */
    boolean allows(FromForwarder request) {
        return state.allows(request);
    }

    boolean isFree() {
        return state == LineState.FREE;
    }

    /** Carries out a request that is allowed. Whatever comes of it, there is an answer. */
    FromCarrier perform(FromForwarder request) {
        try {
            QuerySession open = session;
            if (open != null && !(request instanceof ForwardEnd(boolean commit) && !commit)) {
                open.resume();
            }
            FromCarrier answer = carryOut(request);
            state = state.after(request);
            rest();
            return answer;
        } catch (SkeinException e) {
            close();
            return new ForwardFailed(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("a transaction forwarded by {} failed unexpectedly", forwarder, e);
            close();
            return new ForwardFailed(
                    ErrorCode.INTERNAL,
                    "The request failed because of a fault in the MAIN: " + e
                            + ". Whether a commit happened is not known. The MAIN's log has more.");
        }
    }

    private void rest() {
        QuerySession open = session;
        if (state == LineState.FREE) {
            close();
        } else if (open != null) {
            open.rest();
        }
    }

    private FromCarrier carryOut(FromForwarder request) {
        batch.close();
        return switch (request) {
            case ForwardBegin(Opening opening) -> {
                TransactionOptions options = opened(opening);
                session().begin(options);
                yield new ForwardedDone(null);
            }
            case ForwardRun(var opening, String query, var parameters, long result) -> {
                queries.add(Weight.ofRequest(query, parameters), Purpose.WORK);
                QueryCursor cursor = opening == null
                        ? session().runInTransaction(query, parameters)
                        : run(opening, query, parameters);
                cursors.put(result, cursor);
                yield rows(result, cursor, cursor.columns(), opening == null);
            }
            case ForwardPull(long result, boolean finish) -> {
                QueryCursor cursor = cursor(result);
                yield finish
                        ? finished(result, cursor)
                        : rows(result, cursor, List.of(), state == LineState.TRANSACTION);
            }
            case ForwardEnd(boolean commit) -> {
                QuerySession open = session;
                yield new ForwardedDone(commit && open != null ? open.commit() : null);
            }
            case ForwardCancel _, LineWanted _ -> throw new IllegalStateException("is not carried out in turn");
        };
    }

    private QueryCursor run(Opening opening, String query, Map<String, Value> parameters) {
        TransactionOptions options = opened(opening);
        return session().run(query, parameters, options);
    }

    /** Opens a session for the client that the forwarder vouches for. */
    private TransactionOptions opened(Opening opening) {
        UUID database = opening.database();
        if (database == null) {
            session = carrier.openByName(opening.client(), forwarder);
            return opening.options();
        }
        session = carrier.open(opening.client(), forwarder);
        return opening.options().in(carrier.nameOf(database));
    }

    private QuerySession session() {
        return Invariant.present(session, "nothing is open");
    }

    private QueryCursor cursor(long result) {
        QueryCursor cursor = cursors.get(result);
        if (cursor == null) {
            throw new SkeinException(ErrorCode.REQUEST_INVALID, "There is no open result " + result + ".");
        }
        return cursor;
    }

    /** @param ends whether the query ends with its last row: one on its own is committed only when it is asked for */
    private ForwardedRows rows(long result, QueryCursor cursor, List<String> columns, boolean ends) {
        long begun = System.nanoTime();
        List<ListValue> rows = new ArrayList<>();
        while (rows.isEmpty() || goesOn(rows.size(), begun)) {
            Value[] row = cursor.next();
            if (row == null) {
                return new ForwardedRows(columns, rows, true, ends ? summary(result, cursor) : null);
            }
            ListValue values = ListValue.ofOwned(row.clone());
            batch.add(Weight.ofRow(values), Purpose.WORK);
            rows.add(values);
        }
        return new ForwardedRows(columns, rows, false, null);
    }

    private boolean goesOn(int rows, long begunNanos) {
        return rows < BATCH_ROWS_MAX && batch.usedBytes() < BATCH_BYTES && System.nanoTime() - begunNanos < BATCH_NANOS;
    }

    private ForwardedRows finished(long result, QueryCursor cursor) {
        return new ForwardedRows(List.of(), List.of(), true, summary(result, cursor));
    }

    private QuerySummary summary(long result, QueryCursor cursor) {
        cursors.remove(result);
        return cursor.finish();
    }

    /** Ends what runs now; any thread. */
    void interrupt() {
        QuerySession open = session;
        if (open != null) {
            open.interrupt();
        }
    }

    /** Rolls back what is open. */
    @Override
    public void close() {
        state = LineState.FREE;
        cursors.clear();
        queries.close();
        QuerySession open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                LOG.error("a session forwarded by {} could not be closed in order", forwarder, e);
            }
        }
    }

    /** The line has ended: nobody will read the last answer. */
    void end() {
        close();
        batch.close();
    }
}
