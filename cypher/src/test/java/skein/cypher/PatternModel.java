package skein.cypher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import skein.graph.Value;
import skein.graph.Value.ListValue;

/** Graphs and MATCH clauses small enough to be answered by trying everything. */
final class PatternModel {
    private PatternModel() {}

    /** Node {@code i} has property {@code i}; relationship {@code i} too. */
    record Graph(List<Set<String>> nodes, List<Relationship> relationships) {
        record Relationship(int from, int to, String type) {}

        static Graph random(Random random) {
            List<Set<String>> nodes = new ArrayList<>();
            int nodeCount = 2 + random.nextInt(5);
            for (int i = 0; i < nodeCount; i++) {
                Set<String> labels = new TreeSet<>();
                for (String label : List.of("A", "B")) {
                    if (random.nextBoolean()) {
                        labels.add(label);
                    }
                }
                nodes.add(labels);
            }
            List<Relationship> relationships = new ArrayList<>();
            int relationshipCount = random.nextInt(8);
            for (int i = 0; i < relationshipCount; i++) {
                relationships.add(new Relationship(
                        random.nextInt(nodeCount), random.nextInt(nodeCount), random.nextBoolean() ? "R" : "S"));
            }
            return new Graph(nodes, relationships);
        }

        String createQuery() {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                StringBuilder labels = new StringBuilder();
                nodes.get(i).forEach(label -> labels.append(':').append(label));
                parts.add("(n%d%s {i: %d})".formatted(i, labels, i));
            }
            for (int i = 0; i < relationships.size(); i++) {
                Relationship r = relationships.get(i);
                parts.add("(n%d)-[:%s {i: %d}]->(n%d)".formatted(r.from, r.type, i, r.to));
            }
            return "CREATE " + String.join(", ", parts);
        }
    }

    /**
     * @param label empty for none
     * @param wanted value that property {@code i} must have, or -1
     */
    record Node(String name, String label, int wanted) {
        String text() {
            return "(" + name + (label.isEmpty() ? "" : ":" + label) + (wanted < 0 ? "" : " {i: " + wanted + "}") + ")";
        }

        boolean accepts(int node, Graph graph) {
            return (label.isEmpty() || graph.nodes.get(node).contains(label)) && (wanted < 0 || wanted == node);
        }
    }

    /**
     * @param type empty for any
     * @param arrow -1 left, 0 either, 1 right
     * @param max -1 for a single relationship
     */
    record Hop(String name, String type, int arrow, int min, int max, Node to) {
        String text() {
            String inner =
                    "[" + name + (type.isEmpty() ? "" : ":" + type) + (max < 0 ? "" : "*" + min + ".." + max) + "]";
            return (arrow < 0 ? "<-" : "-") + inner + (arrow > 0 ? "->" : "-") + to.text();
        }

        /** The node behind a relationship, or -1 when the hop does not go along it. */
        int behind(int node, Graph.Relationship r) {
            if (!type.isEmpty() && !type.equals(r.type())) {
                return -1;
            }
            if (arrow >= 0 && r.from() == node) {
                return r.to();
            }
            return arrow <= 0 && r.to() == node ? r.from() : -1;
        }
    }

    record Part(Node start, List<Hop> hops) {
        String text() {
            StringBuilder text = new StringBuilder(start.text());
            hops.forEach(hop -> text.append(hop.text()));
            return text.toString();
        }
    }

    /**
     * @param clauses one MATCH each, of several parts
     * @param lessThan names of two nodes of which the first must have the smaller property, or empty
     */
    record Query(List<List<Part>> clauses, List<String> lessThan) {
        private static final List<String> NAMES = List.of("a", "b", "c", "d");

        static Query random(Random random) {
            List<List<Part>> clauses = new ArrayList<>();
            int clauseCount = 1 + random.nextInt(2);
            int relationships = 0;
            Set<String> used = new TreeSet<>();
            for (int c = 0; c < clauseCount; c++) {
                List<Part> parts = new ArrayList<>();
                int partCount = 1 + random.nextInt(2);
                for (int p = 0; p < partCount; p++) {
                    Node start = node(random, used);
                    List<Hop> hops = new ArrayList<>();
                    int hopCount = random.nextInt(3);
                    for (int h = 0; h < hopCount; h++) {
                        boolean list = random.nextInt(4) == 0;
                        String type = random.nextInt(3) == 0 ? "" : random.nextBoolean() ? "R" : "S";
                        int min = random.nextInt(3);
                        hops.add(new Hop(
                                "r" + relationships++,
                                type,
                                random.nextInt(3) - 1,
                                min,
                                list ? min + random.nextInt(2) : -1,
                                node(random, used)));
                    }
                    parts.add(new Part(start, hops));
                }
                clauses.add(parts);
            }
            List<String> names = List.copyOf(used);
            List<String> lessThan = random.nextInt(3) == 0
                    ? List.of(names.get(random.nextInt(names.size())), names.get(random.nextInt(names.size())))
                    : List.of();
            return new Query(clauses, lessThan);
        }

        private static Node node(Random random, Set<String> used) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            used.add(name);
            String label = random.nextInt(3) > 0 ? "" : random.nextBoolean() ? "A" : "B";
            return new Node(name, label, random.nextInt(8) == 0 ? random.nextInt(3) : -1);
        }

        String text() {
            List<String> matches = new ArrayList<>();
            for (List<Part> parts : clauses) {
                matches.add("MATCH "
                        + String.join(", ", parts.stream().map(Part::text).toList()));
            }
            String where = lessThan.isEmpty() ? "" : " WHERE " + lessThan.get(0) + ".i < " + lessThan.get(1) + ".i";
            List<String> items = new ArrayList<>();
            nodeNames().forEach(name -> items.add(name + ".i"));
            hops().forEach(hop -> items.add(hop.max < 0 ? hop.name + ".i" : "[x IN " + hop.name + " | x.i]"));
            return String.join(" ", matches) + where + " RETURN " + String.join(", ", items);
        }

        private Set<String> nodeNames() {
            Set<String> names = new TreeSet<>();
            for (List<Part> parts : clauses) {
                for (Part part : parts) {
                    names.add(part.start.name);
                    part.hops.forEach(hop -> names.add(hop.to.name));
                }
            }
            return names;
        }

        private List<Hop> hops() {
            return clauses.stream()
                    .flatMap(List::stream)
                    .flatMap(part -> part.hops.stream())
                    .toList();
        }

        List<List<Value>> expectedRows(Graph graph) {
            List<List<Value>> rows = new ArrayList<>();
            new Search(graph, this, bound -> {
                        if (!lessThan.isEmpty() && bound.node(lessThan.get(0)) >= bound.node(lessThan.get(1))) {
                            return;
                        }
                        List<Value> row = new ArrayList<>();
                        nodeNames().forEach(name -> row.add(Value.of(bound.node(name))));
                        for (Hop hop : hops()) {
                            List<Value> walked = bound.walks.getOrDefault(hop.name, List.of()).stream()
                                    .map(i -> Value.of((long) i))
                                    .toList();
                            row.add(hop.max < 0 ? walked.getFirst() : new ListValue(walked));
                        }
                        rows.add(row);
                    })
                    .clause(0);
            return rows;
        }
    }

    /** Tries every assignment, part by part and hop by hop, in the order written. */
    private static final class Search {
        final Map<String, Integer> nodes = new HashMap<>();
        final Map<String, List<Integer>> walks = new HashMap<>();
        private final Graph graph;
        private final Query query;
        private final Consumer<Search> found;
        private Set<Integer> used = new HashSet<>();

        Search(Graph graph, Query query, Consumer<Search> found) {
            this.graph = graph;
            this.query = query;
            this.found = found;
        }

        long node(String name) {
            return nodes.getOrDefault(name, -1);
        }

        void clause(int c) {
            if (c == query.clauses.size()) {
                found.accept(this);
                return;
            }
            Set<Integer> before = used;
            used = new HashSet<>();
            part(c, 0);
            used = before;
        }

        private void part(int c, int p) {
            List<Part> parts = query.clauses.get(c);
            if (p == parts.size()) {
                clause(c + 1);
                return;
            }
            Part part = parts.get(p);
            for (int node = 0; node < graph.nodes.size(); node++) {
                int here = node;
                bind(part.start, node, () -> hop(c, p, 0, here));
            }
        }

        private void bind(Node pattern, int node, Runnable then) {
            Integer bound = nodes.get(pattern.name);
            if (!pattern.accepts(node, graph) || bound != null && bound != node) {
                return;
            }
            nodes.put(pattern.name, node);
            then.run();
            if (bound == null) {
                nodes.remove(pattern.name);
            }
        }

        private void hop(int c, int p, int h, int at) {
            Part part = query.clauses.get(c).get(p);
            if (h == part.hops.size()) {
                part(c, p + 1);
                return;
            }
            Hop hop = part.hops.get(h);
            int min = hop.max < 0 ? 1 : hop.min;
            int max = hop.max < 0 ? 1 : hop.max;
            walk(c, p, h, at, new ArrayList<>(), min, max);
        }

        private void walk(int c, int p, int h, int at, List<Integer> walked, int min, int max) {
            Hop hop = query.clauses.get(c).get(p).hops.get(h);
            if (walked.size() >= min) {
                bind(hop.to, at, () -> {
                    walks.put(hop.name, List.copyOf(walked));
                    hop(c, p, h + 1, at);
                    walks.remove(hop.name);
                });
            }
            if (walked.size() == max) {
                return;
            }
            for (int r = 0; r < graph.relationships.size(); r++) {
                int next = hop.behind(at, graph.relationships.get(r));
                if (next >= 0 && used.add(r)) {
                    walked.add(r);
                    walk(c, p, h, next, walked, min, max);
                    walked.removeLast();
                    used.remove(r);
                }
            }
        }
    }
}
