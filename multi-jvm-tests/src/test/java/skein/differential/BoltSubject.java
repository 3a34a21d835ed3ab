package skein.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.clients.driver.DriverValues;
import skein.clients.driver.ElementNumbers;
import skein.cypher.differential.Subject;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipValue;
import skein.naive.NaiveGraph;

/** A server behind a driver. The graph is committed, what a query does to it is rolled back. */
final class BoltSubject implements Subject {
    private final Session session;
    private final DriverValues values = new DriverValues(ElementNumbers.ofElementIds());
    private NaiveGraph loaded = new NaiveGraph();

    BoltSubject(Driver driver) {
        session = driver.session();
    }

    @Override
    public Answer answer(NaiveGraph graph, String query, Map<String, Value> parameters, boolean changes) {
        load(graph);
        try {
            session.run("EXPLAIN " + query, DriverValues.parameters(parameters)).consume();
        } catch (Neo4jException refused) {
            return failed(refused, true);
        }
        try (Transaction transaction = session.beginTransaction()) {
            Result result = transaction.run(query, DriverValues.parameters(parameters));
            List<String> columns = result.keys();
            List<List<Value>> rows = result.list(row -> values.read(row.values()));
            return new Rows(columns, rows, changes ? content(transaction) : List.of());
        } catch (Neo4jException refused) {
            return failed(refused, false);
        }
    }

    private static Failed failed(Neo4jException refused, boolean early) {
        String code = refused.code();
        return new Failed(code.substring(code.lastIndexOf('.') + 1), String.valueOf(refused.getMessage()), early);
    }

    private void load(NaiveGraph graph) {
        if (graph == loaded) {
            return;
        }
        session.run("MATCH (n) DETACH DELETE n").consume();
        graph.nodes().forEach((id, node) -> {
            StringBuilder labels = new StringBuilder();
            node.labels().forEach(label -> labels.append(':').append(label));
            create(
                    "CREATE (n" + labels + " {loading: $id}) SET n += $p",
                    Map.of("id", Value.of(id)),
                    node.properties());
        });
        graph.relationships()
                .forEach((id, r) -> create(
                        "MATCH (a {loading: $a}), (b {loading: $b}) CREATE (a)-[r:" + r.type() + "]->(b) SET r += $p",
                        Map.of("a", Value.of(r.start()), "b", Value.of(r.end())),
                        r.properties()));
        session.run("MATCH (n) REMOVE n.loading").consume();
        loaded = graph;
    }

    private void create(String query, Map<String, Value> ends, Map<String, Value> properties) {
        Map<String, Value> parameters = new HashMap<>(ends);
        parameters.put("p", new MapValue(new TreeMap<>(properties)));
        session.run(query, DriverValues.parameters(parameters)).consume();
    }

    private List<String> content(Transaction transaction) {
        NaiveGraph graph = new NaiveGraph();
        for (Value node : column(transaction, "MATCH (n) RETURN n")) {
            if (node instanceof NodeValue(long id, List<String> labels, MapValue properties)) {
                graph.addNode(id, new TreeSet<>(labels), properties.entries());
            }
        }
        for (Value relationship : column(transaction, "MATCH ()-[r]->() RETURN r")) {
            if (relationship instanceof RelationshipValue r) {
                graph.addRelationship(
                        r.id(), r.type(), r.startId(), r.endId(), r.properties().entries());
            }
        }
        return graph.content();
    }

    private List<Value> column(Transaction transaction, String query) {
        List<Value> column = new ArrayList<>();
        transaction.run(query).forEachRemaining(row -> column.addAll(values.read(row.values())));
        return column;
    }

    @Override
    public void close() {
        session.close();
    }
}
