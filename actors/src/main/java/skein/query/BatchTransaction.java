package skein.query;

import java.util.function.Consumer;
import skein.cypher.execute.QueryEnvironment.Batch;
import skein.query.QueryTarget.OpenTransaction;
import skein.session.QuerySession.CommitSummary;
import skein.storage.api.GraphTransaction;

/** A transaction for a part of a query. Confined to the session's thread. */
final class BatchTransaction implements Batch {
    private final OpenTransaction open;
    private final Termination termination;
    private final Consumer<CommitSummary> committed;

    /** @param committed hears of the commit */
    BatchTransaction(OpenTransaction open, Termination termination, Consumer<CommitSummary> committed) {
        this.open = open;
        this.termination = termination;
        this.committed = committed;
    }

    @Override
    public GraphTransaction graph() {
        return open.graph();
    }

    @Override
    public void commit() {
        termination.check();
        committed.accept(termination.await(open::commit));
    }

    @Override
    public void close() {
        open.close();
    }
}
