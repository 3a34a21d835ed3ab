package skein.protocol;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.session.Client;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;

/**
 * How an instance that takes no writes has its clients' transactions carried out on the MAIN. Each runs on a connection
 * of its own, a line, one after the other. The MAIN opens it to a replica; a coordinator opens it, on the MAIN's
 * management port, and asks first:
 *
 * <pre>
 * line           (coordinator LineWanted ->) MAIN OfferForwarding -> (a transaction)*   ForwardingAlive at any time
 * auto-commit    ForwardRun with opening -> ForwardedRows -> (ForwardPull -> ForwardedRows)*, the last one finishing
 * explicit       ForwardBegin -> ForwardedDone -> (ForwardRun or ForwardPull -> ForwardedRows)*
 *                -> ForwardEnd -> ForwardedDone
 * </pre>
 *
 * One request is under way at a time, and each but ForwardCancel has one answer; ForwardFailed may be it, and then
 * nothing is open any more. A connection that ends takes its transaction with it: what was not asked to be committed is
 * rolled back, and of what was, the forwarder does not know the outcome. Nothing is ever sent twice.
 */
public interface ForwardingProtocol {
    /** Everything that is said on a line. */
    sealed interface Message extends WireMessage {}

    /** From who carries transactions out, the MAIN. */
    sealed interface FromCarrier extends Message {}

    /** From who has them carried out, a REPLICA or a coordinator. */
    sealed interface FromForwarder extends Message {}

    /**
     * The first message of a line: transactions may be forwarded on it. Not answered, or by Refusal.
     *
     * @param version protocol version of the sender
     * @param main who carries them out; the forwarder takes the line only while it obeys this MAIN in this epoch
     * @param aliveMillis how often the MAIN says ForwardingAlive
     */
    record OfferForwarding(int version, MainIdentity main, int aliveMillis) implements FromCarrier {
        public OfferForwarding {
            Invariant.check(aliveMillis > 0, "alive every %d ms", aliveMillis);
        }
    }

    /**
     * The first message of a line that the forwarder opens. Answered by OfferForwarding, or Refusal.
     *
     * @param version protocol version of the sender
     * @param forwarder its name, for people
     */
    record LineWanted(int version, String forwarder) implements FromForwarder {}

    /**
     * How a forwarded transaction is opened. The forwarder vouches for the client, the carrier judges what it may do.
     *
     * @param client as the forwarder knows it; never code of a process
     * @param database its identity, which all nodes share; null from a coordinator, which has none: then the options
     *     name it, or nobody does
     * @param options as the client gave them, with the isolation level that holds for it at the forwarder
     */
    record Opening(Client client, @Nullable UUID database, TransactionOptions options) {
        public Opening {
            Invariant.check(
                    !(client.identity() instanceof Client.Identity.InProcess),
                    "code of another process cannot be trusted as one's own");
            Invariant.check(database == null || options.database() == null, "the database is named by its identity");
        }
    }

    /** Opens an explicit transaction. Answered by ForwardedDone or ForwardFailed. */
    record ForwardBegin(Opening opening) implements FromForwarder {}

    /**
     * Runs a query. Answered by ForwardedRows or ForwardFailed.
     *
     * @param opening of the query's own transaction; null inside an explicit one
     * @param result number by which ForwardPull names its rows
     */
    record ForwardRun(@Nullable Opening opening, String query, Map<String, Value> parameters, long result)
            implements FromForwarder {}

    /**
     * Asks for more rows. Answered by ForwardedRows or ForwardFailed.
     *
     * @param finish the rest is not wanted: the query does what it has to do and ends; on its own, it is committed
     */
    record ForwardPull(long result, boolean finish) implements FromForwarder {}

    /** Ends whatever is open. Answered by ForwardedDone, or by ForwardFailed when it could not be committed. */
    record ForwardEnd(boolean commit) implements FromForwarder {}

    /** The client gives up what runs now. Not answered: the request that runs is, soon. */
    record ForwardCancel() implements FromForwarder {}

    /**
     * Rows of a query, in bounded number.
     *
     * @param columns names, in the answer to ForwardRun; empty in those to ForwardPull
     * @param exhausted there are no more
     * @param summary present once the query has ended: after a finish, and with its last rows in an explicit
     *     transaction
     */
    record ForwardedRows(
            List<String> columns,
            List<ListValue> rows,
            boolean exhausted,
            @Nullable QuerySummary summary) implements FromCarrier {
        public ForwardedRows {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            Invariant.check(exhausted || !rows.isEmpty(), "no rows, and not the end");
            Invariant.check(exhausted || summary == null, "a query has ended before its rows");
        }
    }

    /** @param commit present after a commit */
    record ForwardedDone(@Nullable CommitSummary commit) implements FromCarrier {}

    /** It did not happen, or, with a code whose effect is UNKNOWN, nobody can say. Nothing is open any more. */
    record ForwardFailed(ErrorCode code, String message) implements FromCarrier {}

    /** The MAIN is there, whatever it is doing. */
    record ForwardingAlive() implements FromCarrier {}
}
