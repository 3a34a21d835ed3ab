package skein.query;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.query.core.EndReason;
import skein.query.core.ShownQuery;
import skein.query.core.TransactionLimits;
import skein.session.Client;
import skein.vocabulary.DatabaseName;

/**
 * An open transaction as others see it, and the way to end it. The session's thread says what it does; any thread may
 * look.
 */
final class ListedTransaction {
    private static final int QUERIES_SHOWN = 20;

    private final long id;
    private final Client client;
    private final DatabaseName database;
    private final Map<String, Value> metadata;
    private final Termination termination;
    private final Runnable ended;
    private final ZonedDateTime begun = RunEnvironment.now();
    private volatile List<Value> queries = List.of();
    private volatile @Nullable Long idleSinceNanos;
    private volatile boolean changed;
    private volatile boolean committing;

    /** @param ended hears that the transaction was ended from outside */
    ListedTransaction(
            long id,
            Client client,
            DatabaseName database,
            Map<String, Value> metadata,
            Termination termination,
            Runnable ended) {
        this.id = id;
        this.client = client;
        this.database = database;
        this.metadata = metadata;
        this.termination = termination;
        this.ended = ended;
    }

    long id() {
        return id;
    }

    Termination termination() {
        return termination;
    }

    String user() {
        return client.userName();
    }

    /** A query of it begins; of many, the last ones are shown. */
    void runs(String query) {
        List<Value> all = new ArrayList<>(queries);
        all.add(Value.of(ShownQuery.of(query)));
        queries = List.copyOf(all.subList(Math.max(0, all.size() - QUERIES_SHOWN), all.size()));
    }

    /** It waits for its client. */
    void rests(boolean hasChanges) {
        changed = hasChanges;
        idleSinceNanos = termination.nanoTime();
    }

    void resumes() {
        idleSinceNanos = null;
    }

    void commits() {
        committing = true;
    }

    /** Ends it; answers whether nobody had before. */
    boolean end(EndReason reason) {
        boolean first = termination.end(reason);
        if (first) {
            ended.run();
        }
        return first;
    }

    void endIfOverdue(long nowNanos) {
        if (!termination.isEnded()) {
            var activity =
                    new TransactionLimits.Activity(termination.begunNanos(), idleSinceNanos, changed, committing);
            termination.limits().judge(activity, nowNanos).ifPresent(this::end);
        }
    }

    /** With Memgraph's columns, then Neo4j's. */
    MapValue row(long nowNanos) {
        Duration elapsed = Duration.ofNanos(Math.max(0, nowNanos - termination.begunNanos()));
        Long idleSince = idleSinceNanos;
        List<Value> all = queries;
        Value start = Value.of(begun.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        Map<String, Value> row = new LinkedHashMap<>();
        row.put("username", Value.of(client.userName()));
        row.put("transaction_id", Value.of(Long.toString(id)));
        row.put("query", Value.of(all));
        row.put("status", Value.of(status()));
        row.put("metadata", new MapValue(metadata));
        row.put("start_time", start);
        row.put("elapsed_ms", Value.of(elapsed.toMillis()));
        row.put("idle_ms", Value.of(idleSince == null ? 0 : Math.max(0, nowNanos - idleSince) / 1_000_000));
        row.put("database", Value.of(database.value()));
        row.put("transactionId", Value.of(Long.toString(id)));
        row.put("connectionId", Value.of(client.connection()));
        row.put("clientAddress", Value.of(client.address()));
        row.put("currentQuery", all.isEmpty() ? Value.of("") : all.getLast());
        row.put("startTime", start);
        row.put("elapsedTime", new Value.DurationValue(0, 0, elapsed.toSeconds(), elapsed.toNanosPart()));
        return new MapValue(row);
    }

    /** In Memgraph's words. */
    private String status() {
        if (termination.isEnded()) {
            return "aborting";
        }
        return committing ? "committing" : "running";
    }
}
