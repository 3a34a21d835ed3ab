package skein.cypher.execute.search;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import skein.graph.Value;
import skein.storage.api.GraphReads.RelationshipCursor;

/** A small graph with parallel relationships, loops, weights and some steps that may not be taken. */
final class RandomTerrain implements Terrain {
    /** A relationship that leads one way. */
    record Edge(long id, long from, long to, long weight, boolean open) {}

    final List<Edge> edges = new ArrayList<>();

    RandomTerrain(Random random, int nodes, int relationships, int weightMax) {
        for (int id = 0; id < relationships; id++) {
            edges.add(new Edge(
                    id,
                    random.nextInt(nodes),
                    random.nextInt(nodes),
                    random.nextInt(weightMax + 1),
                    random.nextInt(8) > 0));
        }
    }

    /** Every walk without a node twice, but for the first if {@code loops}; open steps only. */
    List<List<Edge>> simpleWalks(long from) {
        List<List<Edge>> walks = new ArrayList<>();
        extend(from, List.of(from), List.of(), walks);
        return walks;
    }

    private void extend(long at, List<Long> nodes, List<Edge> walk, List<List<Edge>> walks) {
        for (Edge edge : edges) {
            if (edge.from == at && edge.open && !nodes.contains(edge.to)) {
                List<Edge> longer = plus(walk, edge);
                walks.add(longer);
                extend(edge.to, plus(nodes, edge.to), longer, walks);
            }
        }
    }

    static <T> List<T> plus(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }

    @Override
    public RelationshipCursor from(long node) {
        Iterator<Edge> leaving =
                edges.stream().filter(edge -> edge.from == node).iterator();
        return new RelationshipCursor() {
            private Edge current = edges.getFirst();

            @Override
            public boolean next() {
                boolean more = leaving.hasNext();
                current = more ? leaving.next() : current;
                return more;
            }

            @Override
            public long relationship() {
                return current.id;
            }

            @Override
            public int type() {
                return 0;
            }

            @Override
            public long start() {
                return current.from;
            }

            @Override
            public long end() {
                return current.to;
            }

            @Override
            public long neighbour() {
                return current.to;
            }
        };
    }

    @Override
    public boolean admits(long relationship, long node, Supplier<long[]> walked, Value total) {
        return edges.get((int) relationship).open;
    }

    @Override
    public boolean judgesTotal() {
        return false;
    }

    @Override
    public Value weight(long relationship, long node) {
        return Value.of(edges.get((int) relationship).weight);
    }

    @Override
    public void holds(long bytes) {}

    @Override
    public void checkTermination() {}
}
