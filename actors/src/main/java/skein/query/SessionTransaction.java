package skein.query;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import skein.cypher.PreparedQuery;
import skein.cypher.execute.QueryEnvironment.Batch;
import skein.cypher.execute.RunningQuery;
import skein.cypher.procedure.InstanceFacts;
import skein.cypher.syntax.Statement;
import skein.files.ImportFiles;
import skein.graph.Value;
import skein.query.QueryTarget.OpenTransaction;
import skein.query.core.EndReason;
import skein.session.IsolationLevel;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.memory.MemorySource;
import skein.vocabulary.Bookmark;
import skein.vocabulary.Notification;

/** One transaction of a session and the queries that run in it. Confined to the session's thread. */
final class SessionTransaction implements Work {
    private final QueryTarget target;
    private final OpenTransaction open;
    private final IsolationLevel isolation;
    private final OpenTransactions registry;
    private final ListedTransaction listed;
    private final Termination termination;
    private final InstanceFacts facts;
    private final boolean tellsAcks;
    private final long memoryBytesMax;
    private final MemorySource memory;
    private final ImportFiles files;
    private final ZonedDateTime begun = RunEnvironment.now();
    private final AccessMode access;
    private final List<Notification> notifications = new ArrayList<>();
    private @Nullable CommitSummary lastBatch;
    private final List<TransactionCursor> cursors = new ArrayList<>();

    private SessionTransaction(
            QueryTarget target,
            OpenTransaction open,
            IsolationLevel isolation,
            OpenTransactions registry,
            ListedTransaction listed,
            InstanceFacts facts,
            TransactionOptions options,
            SessionSettings settings,
            MemorySource memory) {
        this.target = target;
        this.open = open;
        this.isolation = isolation;
        this.registry = registry;
        this.listed = listed;
        this.termination = listed.termination();
        this.facts = facts;
        this.tellsAcks = options.asksForAcks();
        this.access = options.access();
        this.memoryBytesMax = settings.queryMemoryBytesMax();
        this.memory = memory;
        this.files = settings.files();
    }

    /**
     * Waits for the bookmarks, then takes a snapshot. What fails is taken off the list.
     *
     * @param system whose bookmarks are waited for too: they say which databases there are
     * @param memory what its queries and changes take counts there
     */
    static SessionTransaction begin(
            QueryTarget target,
            QueryTarget system,
            TransactionOptions options,
            IsolationLevel isolation,
            OpenTransactions registry,
            ListedTransaction listed,
            InstanceFacts facts,
            SessionSettings settings,
            MemorySource memory) {
        Termination termination = listed.termination();
        try {
            List<Bookmark> bookmarks = options.bookmarks();
            if (!bookmarks.isEmpty()) {
                registry.awaitBookmarks(
                        () -> awaitVisible(target, system, bookmarks, termination, settings.bookmarkTimeout()));
            }
            MemorySource alive = new MemoryWhileAlive(memory, termination);
            OpenTransaction open = target.begin(options.access(), alive, () -> listed.end(EndReason.DATABASE));
            open.pause();
            return new SessionTransaction(target, open, isolation, registry, listed, facts, options, settings, alive);
        } catch (RuntimeException e) {
            registry.end(listed);
            throw e;
        }
    }

    /** Bookmarks of any other database say nothing about this one. */
    private static void awaitVisible(
            QueryTarget target,
            QueryTarget system,
            List<Bookmark> bookmarks,
            Termination termination,
            Duration patience) {
        termination.<Boolean>await(() -> {
            system.awaitVisible(of(system, bookmarks), patience);
            target.awaitVisible(of(target, bookmarks), patience);
            return true;
        });
    }

    private static List<Bookmark> of(QueryTarget database, List<Bookmark> bookmarks) {
        return bookmarks.stream()
                .filter(bookmark -> bookmark.database().equals(database.id()))
                .toList();
    }

    /**
     * Starts a query, on a newer state where the isolation level says so; not while rows of an earlier query are still
     * to be read, because they belong to the state that query began with. NOT_MAIN when it writes and this instance
     * takes no writes.
     *
     * @param text for those who look at what runs
     */
    @Override
    public TransactionCursor start(String text, PreparedQuery query, Map<String, Value> parameters) {
        listed.runs(text);
        if (query.kind() != QueryKind.READ) {
            target.requireWritable();
        }
        cursors.removeIf(TransactionCursor::isDone);
        boolean anew = isolation.refreshesByStatement() && cursors.isEmpty();
        RunEnvironment environment = new RunEnvironment(
                begun,
                termination,
                open,
                facts,
                ThreadLocalRandom.current(),
                limitOf(query),
                memory,
                files,
                this::beginBatch);
        open.resume();
        try {
            open.beginStatement(anew);
            RunningQuery running = query.start(open.graph(), parameters, environment);
            TransactionCursor cursor = new TransactionCursor(query, running, target.name(), open, environment);
            cursors.add(cursor);
            return cursor;
        } finally {
            open.pause();
        }
    }

    private Batch beginBatch() {
        OpenTransaction batch = target.begin(access, memory, () -> listed.end(EndReason.DATABASE));
        return new BatchTransaction(batch, termination, summary -> {
            lastBatch = summary;
            notifications.addAll(summary.notifications());
        });
    }

    /** What one query may hold: its own QUERY MEMORY LIMIT may only lower what all have. */
    private long limitOf(PreparedQuery query) {
        return query.statement() instanceof Statement.Data data
                ? Math.min(memoryBytesMax, data.memoryLimitBytes().orElse(memoryBytesMax))
                : memoryBytesMax;
    }

    @Override
    public void rest() {
        listed.rests(open.graph().hasChanges());
    }

    @Override
    public void resume() {
        listed.resumes();
        termination.throwIfEnded();
    }

    @Override
    public CommitSummary commit() {
        cursors.forEach(TransactionCursor::drain);
        termination.check();
        open.resume();
        listed.commits();
        CommitSummary summary = withBatches(termination.await(open::commit));
        return tellsAcks ? summary : summary.withoutAcks();
    }

    /** Batches came before: where there were some, nothing was changed outside of them. */
    private CommitSummary withBatches(CommitSummary own) {
        CommitSummary last = lastBatch;
        if (last == null) {
            return own;
        }
        notifications.addAll(own.notifications());
        return new CommitSummary(
                last.bookmark(), notifications.stream().distinct().toList(), last.acks());
    }

    @Override
    public void close() {
        registry.end(listed);
        cursors.forEach(TransactionCursor::release);
        open.close();
    }
}
