package skein.cypher.differential;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import skein.cypher.PreparedQuery;
import skein.cypher.fixture.TestDatabase;
import skein.graph.Value;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipValue;
import skein.naive.NaiveGraph;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.SkeinException;

/** The engine in this process, over a real database. Nothing that a query does is committed. */
final class EngineSubject implements Subject {
    private static final List<String> INDEXES = List.of(
            "CREATE INDEX ON :A",
            "CREATE INDEX ON :A(n)",
            "CREATE INDEX ON :A(i)",
            "CREATE INDEX ON :B(s)",
            "CREATE INDEX ON :B(f)",
            "CREATE INDEX ON :B(n)",
            "CREATE INDEX ON :C(m)",
            "CREATE INDEX ON :C(n, s)",
            "CREATE INDEX ON :C(g)",
            "CREATE EDGE INDEX ON :R",
            "CREATE EDGE INDEX ON :R(n)",
            "CREATE EDGE INDEX ON :S(i)",
            "CREATE EDGE INDEX ON :T(s)");

    private final TestDatabase database;
    private final Own own;
    private NaiveGraph loaded = new NaiveGraph();
    private GraphLoading loading = new GraphLoading(loaded);

    /** What of the graph the transaction of a query has made itself. */
    enum Own {
        NOTHING,
        ALL,
        /** Some of it; the rest was committed, and is changed. */
        SOME
    }

    EngineSubject(Path directory, boolean indexes, Own own) {
        this.database = new TestDatabase(directory);
        this.own = own;
        if (indexes) {
            INDEXES.forEach(database::run);
        }
    }

    @Override
    public Answer answer(NaiveGraph graph, String query, Map<String, Value> parameters, boolean changes) {
        PreparedQuery prepared;
        try {
            prepared = database.engine().prepare(query);
        } catch (SkeinException refused) {
            return failed(refused, true);
        } catch (RuntimeException | StackOverflowError broken) {
            return broken(broken);
        }
        load(graph);
        try (StoreTransaction transaction = database.begin()) {
            switch (own) {
                case NOTHING -> {}
                case ALL -> new GraphLoading(graph).everything(transaction);
                case SOME -> loading.rest(transaction);
            }
            TestDatabase.Answer answer = TestDatabase.run(prepared, transaction, parameters);
            return new Rows(answer.columns(), answer.rows(), changes ? content(transaction) : List.of());
        } catch (SkeinException refused) {
            return failed(refused, false);
        } catch (RuntimeException | StackOverflowError broken) {
            return broken(broken);
        }
    }

    private static Failed failed(SkeinException refused, boolean early) {
        String status = refused.code().status();
        return new Failed(status.substring(status.lastIndexOf('.') + 1), String.valueOf(refused.getMessage()), early);
    }

    private static Failed broken(Throwable broken) {
        StackTraceElement[] trace = broken.getStackTrace();
        return new Failed("broken", broken + (trace.length == 0 ? "" : " at " + trace[0]), false);
    }

    private void load(NaiveGraph graph) {
        if (graph == loaded) {
            return;
        }
        database.run("MATCH (n) DETACH DELETE n");
        loaded = graph;
        loading = new GraphLoading(graph);
        switch (own) {
            case NOTHING -> commit(loading::everything);
            case ALL -> {}
            case SOME -> commit(loading::part);
        }
    }

    private void commit(Consumer<StoreTransaction> changes) {
        try (StoreTransaction transaction = database.begin()) {
            changes.accept(transaction);
            database.commit(transaction);
        }
    }

    private List<String> content(StoreTransaction transaction) {
        NaiveGraph graph = new NaiveGraph();
        for (List<Value> row : rows("MATCH (n) RETURN n", transaction)) {
            if (row.getFirst() instanceof NodeValue node) {
                graph.addNode(
                        node.id(),
                        new TreeSet<>(node.labels()),
                        node.properties().entries());
            }
        }
        for (List<Value> row : rows("MATCH ()-[r]->() RETURN r", transaction)) {
            if (row.getFirst() instanceof RelationshipValue r) {
                graph.addRelationship(
                        r.id(), r.type(), r.startId(), r.endId(), r.properties().entries());
            }
        }
        return graph.content();
    }

    private List<List<Value>> rows(String query, StoreTransaction transaction) {
        return TestDatabase.run(database.engine().prepare(query), transaction, Map.of())
                .rows();
    }

    @Override
    public void close() {
        database.close();
    }
}
