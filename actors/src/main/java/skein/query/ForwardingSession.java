package skein.query;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.protocol.ForwardingProtocol.Opening;
import skein.query.Forwarding.Line;
import skein.query.core.EndReason;
import skein.session.Authorization;
import skein.session.Client;
import skein.session.Privilege;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A session of an instance that holds no data: every transaction, of reads too, is carried out on the MAIN. Which
 * statements a client may run the MAIN judges; that it may still be here is judged here.
 */
public final class ForwardingSession implements QuerySession {
    private final Client client;
    private final Authorization authorization;
    private final Forwarding forwarding;
    private final Supplier<SkeinException> nobody;
    private Runnable onEnded = () -> {};

    /** The one that is open, of a query on its own or an explicit one; read by any thread. */
    private volatile @Nullable ForwardedTransaction open;

    private boolean explicit;

    /** @param nobody what a client is told when there is no MAIN */
    public ForwardingSession(
            Client client, Authorization authorization, Forwarding forwarding, Supplier<SkeinException> nobody) {
        this.client = client;
        this.authorization = authorization;
        this.forwarding = forwarding;
        this.nobody = nobody;
    }

    private Line line() {
        authorization.require(client, Privilege.WRITE);
        return forwarding.take().orElseThrow(nobody);
    }

    @Override
    public QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options) {
        refuseWhatBelongsToASession(query);
        rollback();
        ForwardedTransaction alone =
                ForwardedTransaction.ofOneQuery(line(), new Opening(client, null, options), () -> onEnded.run());
        open = alone;
        try {
            QueryCursor cursor = alone.start(query, parameters);
            return new AutoCommitCursor(cursor, cursor::finish, this::rollback);
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
    }

    @Override
    public void begin(TransactionOptions options) {
        rollback();
        ForwardedTransaction begun =
                ForwardedTransaction.explicit(line(), new Opening(client, null, options), () -> onEnded.run());
        open = begun;
        explicit = true;
        try {
            begun.begin();
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
    }

    @Override
    public QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
        try {
            refuseWhatBelongsToASession(query);
            return required().start(query, parameters);
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
    }

    @Override
    public CommitSummary commit() {
        try {
            return required().commit();
        } finally {
            rollback();
        }
    }

    private ForwardedTransaction required() {
        ForwardedTransaction present = open;
        if (present == null || !explicit) {
            throw new SkeinException(ErrorCode.REQUEST_INVALID, "No transaction is open. Begin one first.");
        }
        return present;
    }

    /** What it changes would be gone with the MAIN's session, at the end of this transaction. */
    private static void refuseWhatBelongsToASession(String query) {
        Statement statement;
        try {
            statement = CypherParser.parse(query);
        } catch (SkeinException e) {
            // the MAIN says what is wrong with it
            return;
        }
        if (statement instanceof Statement.UseDatabase
                || statement instanceof Statement.Isolation
                || statement instanceof Statement.Transaction) {
            throw new SkeinException(
                    ErrorCode.REPLICATION_REFUSED,
                    "SKEIN-REPL-035: A coordinator forwards transactions, and this statement would change the session."
                            + " Nothing was done. Name the database and begin transactions by the driver, or connect to"
                            + " the MAIN directly.");
        }
    }

    @Override
    public void rollback() {
        ForwardedTransaction present = open;
        open = null;
        explicit = false;
        if (present != null) {
            present.close();
        }
    }

    @Override
    public boolean isTransactionOpen() {
        return explicit;
    }

    @Override
    public void resume() {
        ForwardedTransaction present = open;
        if (present != null) {
            try {
                present.resume();
            } catch (RuntimeException e) {
                rollback();
                throw e;
            }
        }
    }

    @Override
    public void onEnded(Runnable listener) {
        onEnded = listener;
    }

    @Override
    public void interrupt() {
        ForwardedTransaction present = open;
        if (present != null) {
            present.termination().end(EndReason.CLIENT);
        }
    }

    @Override
    public void close() {
        rollback();
    }
}
