package skein.cypher.tck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.cypher.CypherEngine;
import skein.cypher.fixture.TestDatabase;
import skein.graph.Value;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.tck.DeclaredProcedure;
import skein.tck.TckGraph;
import skein.vocabulary.SkeinException;

/** The engine in this process, with every query in a transaction that has changed something before. */
final class OverlayGraph implements TckGraph.WithProcedures, AutoCloseable {
    private final TestDatabase database;
    private final Life life;
    private final List<Statement> done = new ArrayList<>();
    private CypherEngine engine;
    private @Nullable StoreTransaction open;

    OverlayGraph(Path directory, Life life) {
        this.database = new TestDatabase(directory);
        this.engine = database.engine();
        this.life = life;
    }

    /** How long a transaction lives, and so what its overlay holds. */
    enum Life {
        /**
         * One query. Before it the transaction changes every node and every relationship, links every node, makes a
         * node, and takes it all back: reads of anything have to pass by what was changed.
         */
        QUERY,
        /** A whole scenario, without any commit: the graph that a query meets stands in the overlay alone. */
        SCENARIO
    }

    private record Statement(String query, Map<String, Value> parameters) {}

    @Override
    public Answer run(String query, Map<String, Value> parameters) {
        return switch (life) {
            case QUERY -> runAlone(new Statement(query, parameters));
            case SCENARIO -> runOn(new Statement(query, Map.copyOf(parameters)));
        };
    }

    private Answer runAlone(Statement statement) {
        try (StoreTransaction transaction = database.begin()) {
            disturb(transaction);
            Answer answer = run(statement, transaction);
            if (answer instanceof Rows) {
                database.commit(transaction);
            }
            return answer;
        } catch (SkeinException refused) {
            return new Failure(refused.code().status(), String.valueOf(refused.getMessage()));
        }
    }

    /** A failed query takes its transaction along: what was done before is done again in the next. */
    private Answer runOn(Statement statement) {
        StoreTransaction transaction = open;
        if (transaction == null) {
            transaction = database.begin();
            open = transaction;
            for (Statement before : done) {
                run(before, transaction);
            }
        }
        Answer answer = run(statement, transaction);
        if (answer instanceof Rows) {
            done.add(statement);
        } else {
            rollBack();
        }
        return answer;
    }

    private Answer run(Statement statement, StoreTransaction transaction) {
        return EngineGraph.answer(engine, statement.query, statement.parameters, transaction);
    }

    private void rollBack() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private static void disturb(StoreTransaction transaction) {
        int label = transaction.tokenFor(NameKind.LABEL, "Passing");
        int key = transaction.tokenFor(NameKind.PROPERTY_KEY, "passing");
        int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "PASSING");
        long guest = transaction.createNode(new int[] {label});
        List<Long> nodes = ids(transaction.nodes());
        for (long node : nodes) {
            transaction.addLabel(node, label);
            transaction.setNodeProperty(node, key, Value.of(1));
            transaction.setNodeProperty(node, key, Value.NULL);
            transaction.removeLabel(node, label);
        }
        for (long relationship : ids(transaction.relationships())) {
            transaction.setRelationshipProperty(relationship, key, Value.of(1));
            transaction.setRelationshipProperty(relationship, key, Value.NULL);
        }
        List<Long> links = new ArrayList<>();
        for (long node : nodes) {
            if (node != guest) {
                links.add(transaction.createRelationship(type, guest, node));
                links.add(transaction.createRelationship(type, node, node));
            }
        }
        links.forEach(transaction::deleteRelationship);
        transaction.deleteNode(guest);
    }

    private static List<Long> ids(EntityCursor cursor) {
        List<Long> ids = new ArrayList<>();
        while (cursor.next()) {
            ids.add(cursor.id());
        }
        return ids;
    }

    /** The runner says this once at the beginning of each scenario with nothing declared. */
    @Override
    public void declare(List<DeclaredProcedure> declared) {
        if (declared.isEmpty()) {
            rollBack();
            done.clear();
        }
        engine = EngineGraph.with(declared, database.engine());
    }

    @Override
    public void close() {
        rollBack();
        database.close();
    }
}
