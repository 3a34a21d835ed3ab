package skein.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.session.Client;
import skein.session.ClusterTable;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.Route;
import skein.session.SessionAround;
import skein.session.TransactionOptions;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;

/** Counts what sessions do, and otherwise changes nothing. */
public final class MeteredQueries implements QueryService {
    private final QueryService behind;
    private final InstanceMetrics metrics;

    public MeteredQueries(QueryService behind, InstanceMetrics metrics) {
        this.behind = behind;
        this.metrics = metrics;
    }

    @Override
    public QuerySession open(Client client) {
        return new Metered(behind.open(client), metrics);
    }

    @Override
    public Route route(DatabaseName database) {
        return behind.route(database);
    }

    @Override
    public Optional<ClusterTable> clusterTable(DatabaseName database) {
        metrics.routed();
        return behind.clusterTable(database);
    }

    @Override
    public @Nullable Bookmark systemState() {
        return behind.systemState();
    }

    @Override
    public DatabaseName defaultDatabase() {
        return behind.defaultDatabase();
    }

    private static final class Metered implements SessionAround {
        private final QuerySession behind;
        private final InstanceMetrics metrics;
        private boolean begun;
        private boolean closed;

        Metered(QuerySession behind, InstanceMetrics metrics) {
            this.behind = behind;
            this.metrics = metrics;
            metrics.sessionOpened();
        }

        @Override
        public QuerySession behind() {
            return behind;
        }

        @Override
        public QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options) {
            return metered(() -> behind.run(query, parameters, options));
        }

        @Override
        public QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
            return metered(() -> behind.runInTransaction(query, parameters));
        }

        private QueryCursor metered(Supplier<QueryCursor> opened) {
            long start = System.nanoTime();
            try {
                return new MeteredCursor(opened.get(), metrics, start);
            } catch (RuntimeException e) {
                metrics.queryFailed(e);
                throw e;
            }
        }

        @Override
        public void begin(TransactionOptions options) {
            behind.begin(options);
            begun = true;
            metrics.transactionBegun();
        }

        @Override
        public CommitSummary commit() {
            try {
                CommitSummary summary = behind.commit();
                ended(true);
                return summary;
            } catch (RuntimeException e) {
                ended(false);
                throw e;
            }
        }

        @Override
        public void rollback() {
            ended(false);
            behind.rollback();
        }

        private void ended(boolean committed) {
            if (!begun) {
                return;
            }
            begun = false;
            if (committed) {
                metrics.transactionCommitted();
            } else {
                metrics.transactionGivenUp();
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                ended(false);
                metrics.sessionClosed();
            }
            behind.close();
        }
    }

    private static final class MeteredCursor implements QueryCursor {
        private final QueryCursor behind;
        private final InstanceMetrics metrics;
        private final long start;

        MeteredCursor(QueryCursor behind, InstanceMetrics metrics, long start) {
            this.behind = behind;
            this.metrics = metrics;
            this.start = start;
        }

        @Override
        public List<String> columns() {
            return behind.columns();
        }

        @Override
        public Value @Nullable [] next() {
            try {
                return behind.next();
            } catch (RuntimeException e) {
                metrics.queryFailed(e);
                throw e;
            }
        }

        @Override
        public QuerySummary finish() {
            try {
                QuerySummary summary = behind.finish();
                metrics.queryEnded(summary.kind(), Duration.ofNanos(System.nanoTime() - start));
                return summary;
            } catch (RuntimeException e) {
                metrics.queryFailed(e);
                throw e;
            }
        }
    }
}
