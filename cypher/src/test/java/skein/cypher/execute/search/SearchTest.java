package skein.cypher.execute.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import skein.cypher.execute.search.RandomTerrain.Edge;
import skein.graph.Value;

/** Each search finds what an enumeration of all walks finds. */
final class SearchTest {
    private static final int GRAPHS = 400;
    private static final int NODES = 6;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final Random random = new Random(20261122);

    /** A path as text: {@code [0, 3] -> 4 (7)}. */
    private static List<String> found(PathSearch search) {
        List<String> paths = new ArrayList<>();
        while (search.next()) {
            String total = search.total() instanceof Value.IntegerValue(long weight) ? " (" + weight + ")" : "";
            paths.add(Arrays.toString(search.relationships()) + " -> " + search.end() + total);
        }
        return paths;
    }

    private static String text(List<Edge> walk, boolean weighted) {
        return walk.stream().map(Edge::id).toList() + " -> " + walk.getLast().to()
                + (weighted ? " (" + weight(walk) + ")" : "");
    }

    private static long weight(List<Edge> walk) {
        return walk.stream().mapToLong(Edge::weight).sum();
    }

    private RandomTerrain terrain() {
        return new RandomTerrain(random, NODES, 4 + random.nextInt(9), 3);
    }

    private int bound() {
        return random.nextInt(3) == 0 ? UNBOUNDED : 1 + random.nextInt(4);
    }

    private long target() {
        return random.nextBoolean() ? PathSearch.ANYWHERE : random.nextInt(NODES);
    }

    private static List<List<Edge>> walks(RandomTerrain terrain, long from, long to, int max) {
        return terrain.simpleWalks(from).stream()
                .filter(walk -> walk.size() <= max)
                .filter(walk -> to == PathSearch.ANYWHERE || walk.getLast().to() == to)
                .toList();
    }

    private static Map<Long, Long> least(List<List<Edge>> walks, ToLongFunction<List<Edge>> measure) {
        return walks.stream()
                .collect(Collectors.toMap(walk -> walk.getLast().to(), measure::applyAsLong, Math::min, TreeMap::new));
    }

    @Test
    void breadthFirstFindsOneShortestPathToEveryNode() {
        for (int i = 0; i < GRAPHS; i++) {
            RandomTerrain terrain = terrain();
            long from = random.nextInt(NODES);
            long to = target();
            int min = 1 + random.nextInt(2);
            int max = bound();
            Map<Long, Long> lengths = least(walks(terrain, from, to, max), List::size);
            lengths.values().removeIf(length -> length < min);
            BreadthFirstSearch search = new BreadthFirstSearch(terrain, from, to, min, max);
            Map<Long, Long> found = new TreeMap<>();
            while (search.next()) {
                found.put(search.end(), (long) search.relationships().length);
            }
            assertThat(found).isEqualTo(lengths);
        }
    }

    @Test
    void theWeightedSearchFindsTheLeastWeightWithinTheBound() {
        for (int i = 0; i < GRAPHS; i++) {
            RandomTerrain terrain = terrain();
            long from = random.nextInt(NODES);
            long to = target();
            int max = bound();
            Map<Long, Long> weights = least(walks(terrain, from, to, max), SearchTest::weight);
            WeightedSearch search = new WeightedSearch(terrain, from, to, max);
            Map<Long, Long> found = new TreeMap<>();
            while (search.next()) {
                long sum = Arrays.stream(search.relationships())
                        .map(id -> terrain.edges.get((int) id).weight())
                        .sum();
                assertThat(search.total()).isEqualTo(Value.of(sum));
                assertThat(search.relationships().length).isLessThanOrEqualTo(max);
                assertThat(found.put(search.end(), sum)).isNull();
            }
            assertThat(found).isEqualTo(weights);
        }
    }

    @Test
    void allShortestFindsEveryPathOfLeastWeightOnce() {
        for (int i = 0; i < GRAPHS; i++) {
            RandomTerrain terrain = terrain();
            long from = random.nextInt(NODES);
            long to = target();
            int max = bound();
            List<List<Edge>> walks = walks(terrain, from, to, max);
            Map<Long, Long> weights = least(walks, SearchTest::weight);
            List<String> expected = walks.stream()
                    .filter(walk ->
                            weight(walk) == weights.getOrDefault(walk.getLast().to(), -1L))
                    .map(walk -> text(walk, true))
                    .toList();
            assertThat(found(new AllShortestSearch(terrain, from, to, max)))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void theKShortestComeInOrderOfLength() {
        for (int i = 0; i < GRAPHS; i++) {
            RandomTerrain terrain = terrain();
            long from = random.nextInt(NODES);
            long to = random.nextInt(NODES);
            int min = 1 + random.nextInt(2);
            int max = bound();
            int count = 1 + random.nextInt(5);
            List<List<Edge>> walks = walks(terrain, from, to, max).stream()
                    .filter(walk -> walk.size() >= min)
                    .sorted(Comparator.comparingInt(List::size))
                    .toList();
            List<String> found = found(new KShortestSearch(terrain, from, to, min, max, count));
            List<String> all = walks.stream().map(walk -> text(walk, false)).toList();
            assertThat(found).hasSize(Math.min(count, walks.size())).doesNotHaveDuplicates();
            assertThat(all).containsAll(found);
            List<Integer> lengths = found.stream()
                    .map(text -> text.substring(0, text.indexOf(']')).split(",").length)
                    .toList();
            assertThat(lengths)
                    .isEqualTo(walks.stream().limit(count).map(List::size).toList());
        }
    }

    @Test
    void depthFirstUsesNoRelationshipTwice() {
        for (int i = 0; i < GRAPHS; i++) {
            RandomTerrain terrain = terrain();
            long from = random.nextInt(NODES);
            int max = 1 + random.nextInt(4);
            List<String> expected = new ArrayList<>();
            trails(terrain, from, List.of(), max, expected);
            assertThat(found(new DepthFirstSearch(terrain, from, PathSearch.ANYWHERE, 1, max)))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static void trails(RandomTerrain terrain, long at, List<Edge> walk, int max, List<String> trails) {
        for (Edge edge : terrain.edges) {
            if (walk.size() < max && edge.from() == at && edge.open() && !walk.contains(edge)) {
                List<Edge> longer = RandomTerrain.plus(walk, edge);
                trails.add(text(longer, false));
                trails(terrain, edge.to(), longer, max, trails);
            }
        }
    }
}
