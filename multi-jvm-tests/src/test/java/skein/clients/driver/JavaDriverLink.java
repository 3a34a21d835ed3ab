package skein.clients.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Result;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.summary.ResultSummary;
import org.neo4j.driver.summary.SummaryCounters;
import skein.clients.Client.Answer;
import skein.clients.Client.Link;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.clients.ClientFailure;
import skein.graph.Value;

/** One driver object. */
@SuppressWarnings("deprecation")
final class JavaDriverLink implements Link {
    private final Driver driver;
    private final DriverValues values = new DriverValues(ElementNumbers.ofServer());

    JavaDriverLink(Driver driver) {
        this.driver = driver;
    }

    @Override
    public Answer run(Session options, Query query) {
        return runInPart(options, query, Integer.MAX_VALUE);
    }

    @Override
    public Answer runInPart(Session options, Query query, int rows) {
        return told(() -> {
            try (org.neo4j.driver.Session session = session(options)) {
                Result result = session.run(query.text(), parameters(query), transaction(options));
                List<List<Value>> read = new ArrayList<>();
                while (read.size() < rows && result.hasNext()) {
                    read.add(values.read(result.next().values()));
                }
                return answer(result, read, session);
            }
        });
    }

    @Override
    public List<Answer> transaction(Session options, List<Query> queries, boolean commit) {
        return told(() -> {
            try (org.neo4j.driver.Session session = session(options)) {
                List<Result> results = new ArrayList<>();
                List<Answer> answers = new ArrayList<>();
                try (Transaction transaction = session.beginTransaction(transaction(options))) {
                    queries.forEach(query -> results.add(transaction.run(query.text(), parameters(query))));
                    List<List<List<Value>>> rows = inTurn(results);
                    for (int i = 0; i < results.size(); i++) {
                        answers.add(answer(results.get(i), rows.get(i), null));
                    }
                    if (commit) {
                        transaction.commit();
                    } else {
                        transaction.rollback();
                    }
                }
                return answers;
            }
        });
    }

    private List<List<List<Value>>> inTurn(List<Result> results) {
        List<List<List<Value>>> rows = new ArrayList<>();
        results.forEach(result -> rows.add(new ArrayList<>()));
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).hasNext()) {
                    rows.get(i).add(values.read(results.get(i).next().values()));
                    more = true;
                }
            }
        }
        return rows;
    }

    @Override
    public int managed(Session options, Query first, Query disturbance, Query second) {
        return told(() -> {
            AtomicInteger attempts = new AtomicInteger();
            try (org.neo4j.driver.Session session = session(options)) {
                Releases.managedWrite(session, runner -> {
                    runner.run(first.text(), parameters(first)).consume();
                    if (attempts.incrementAndGet() == 1) {
                        run(Session.PLAIN, disturbance);
                    }
                    runner.run(second.text(), parameters(second)).consume();
                    return null;
                });
            }
            return attempts.get();
        });
    }

    @Override
    public List<Answer> together(int transactions, Query query) {
        Phaser allHaveRows = new Phaser(transactions);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < transactions; i++) {
                running.add(threads.submit(() -> oneOfMany(query, allHaveRows)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Answer oneOfMany(Query query, Phaser allHaveRows) {
        boolean met = false;
        try (org.neo4j.driver.Session session = session(Session.PLAIN);
                Transaction transaction = session.beginTransaction()) {
            Result result = transaction.run(query.text(), parameters(query));
            Answer answer = answer(result, inTurn(List.of(result)).getFirst(), null);
            met = true;
            allHaveRows.arriveAndAwaitAdvance();
            transaction.commit();
            return answer;
        } finally {
            if (!met) {
                allHaveRows.arriveAndDeregister();
            }
        }
    }

    private org.neo4j.driver.Session session(Session options) {
        SessionConfig.Builder config = SessionConfig.builder()
                .withDefaultAccessMode(options.readOnly() ? AccessMode.READ : AccessMode.WRITE)
                .withBookmarks(
                        options.bookmarks().stream().map(Releases::bookmark).toList());
        String database = options.database();
        if (database != null) {
            config.withDatabase(database);
        }
        if (options.fetchSize() > 0) {
            config.withFetchSize(options.fetchSize());
        }
        return options.login() == null
                ? driver.session(config.build())
                : Releases.sessionFor(driver, config.build(), JavaDriver.token(options.login()));
    }

    private static TransactionConfig transaction(Session options) {
        return options.timeout() == null
                ? TransactionConfig.empty()
                : TransactionConfig.builder().withTimeout(options.timeout()).build();
    }

    private static Map<String, Object> parameters(Query query) {
        return DriverValues.parameters(query.parameters());
    }

    private static Answer answer(Result result, List<List<Value>> rows, org.neo4j.driver.@Nullable Session session) {
        List<String> columns = result.keys();
        ResultSummary summary = result.consume();
        return new Answer(
                columns,
                rows,
                summary.server().protocolVersion(),
                summary.server().agent(),
                summary.database().name(),
                counters(summary.counters()),
                summary.hasProfile()
                        ? "profile " + summary.profile().operatorType()
                        : summary.hasPlan() ? summary.plan().operatorType() : "",
                summary.notifications().stream()
                        .map(notification -> notification.code())
                        .toList(),
                session == null ? List.of() : Releases.bookmarks(session));
    }

    private static Map<String, Long> counters(SummaryCounters counters) {
        Map<String, Long> named = new LinkedHashMap<>();
        named.put("nodes-created", (long) counters.nodesCreated());
        named.put("nodes-deleted", (long) counters.nodesDeleted());
        named.put("relationships-created", (long) counters.relationshipsCreated());
        named.put("relationships-deleted", (long) counters.relationshipsDeleted());
        named.put("properties-set", (long) counters.propertiesSet());
        named.put("labels-added", (long) counters.labelsAdded());
        named.put("labels-removed", (long) counters.labelsRemoved());
        named.values().removeIf(count -> count == 0);
        return named;
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (Neo4jException e) {
            throw new ClientFailure(e.code(), Releases.gqlStatus(e), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
