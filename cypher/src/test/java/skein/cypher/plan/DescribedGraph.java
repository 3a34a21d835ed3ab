package skein.cypher.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/**
 * A graph that is only told of, one fact a line:
 *
 * <pre>
 * nodes 1000
 * label Person 500
 * type KNOWS 4000 Person -> Person
 * type LIKES 9000 Person -> Post 0.4 Comment 0.6
 * index Person(id) 500 entries 500 distinct
 * index [LIKES](date) 9000 entries 800 distinct
 * points Place(location) 40 entries 40 distinct
 * </pre>
 *
 * Behind an end's label stands the share of the relationships that have it there; 1 when there is none.
 */
final class DescribedGraph implements PlanFacts {
    private final Map<String, Long> labels = new HashMap<>();
    private final Map<String, Long> types = new HashMap<>();
    private final Map<String, Double> ends = new HashMap<>();
    private final List<Index> indexes = new ArrayList<>();
    private long nodes;

    private record Index(IndexKind kind, String labelOrType, List<String> keys, IndexStatistics statistics) {}

    static DescribedGraph of(List<String> lines) {
        DescribedGraph graph = new DescribedGraph();
        lines.stream().filter(line -> !line.isBlank()).forEach(graph::add);
        return graph;
    }

    private void add(String line) {
        String[] words = line.strip().split("\\s+");
        switch (words[0]) {
            case "nodes" -> nodes = Long.parseLong(words[1]);
            case "label" -> labels.put(words[1], Long.parseLong(words[2]));
            case "type" -> addType(words);
            case "index" -> addIndex(words[1].startsWith("[") ? IndexKind.RELATIONSHIP : IndexKind.NODE, words);
            case "points" -> addIndex(IndexKind.NODE_POINT, words);
            default -> throw new IllegalArgumentException("what is this: " + line);
        }
    }

    private void addType(String[] words) {
        types.put(words[1], Long.parseLong(words[2]));
        Direction end = Direction.OUTGOING;
        for (int i = 3; i < words.length; i++) {
            if (words[i].equals("->")) {
                end = Direction.INCOMING;
                continue;
            }
            boolean shared = i + 1 < words.length && words[i + 1].matches("[0-9.]+");
            ends.put(words[1] + " " + words[i] + " " + end, shared ? Double.parseDouble(words[i + 1]) : 1);
            i += shared ? 1 : 0;
        }
    }

    private void addIndex(IndexKind kind, String[] words) {
        String subject = words[1].replaceAll("[\\[\\])]", "");
        String[] parts = subject.split("\\(");
        indexes.add(new Index(
                kind,
                parts[0],
                List.of(parts[1].split(",")),
                new IndexStatistics(Long.parseLong(words[2]), Long.parseLong(words[4]))));
    }

    @Override
    public List<List<String>> indexes(IndexKind kind, String labelOrType) {
        return indexes.stream()
                .filter(index -> index.kind == kind && index.labelOrType.equals(labelOrType))
                .map(Index::keys)
                .toList();
    }

    @Override
    public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
        return indexes.stream()
                .filter(index -> index.kind == kind && index.labelOrType.equals(labelOrType) && index.keys.equals(keys))
                .findFirst()
                .orElseThrow()
                .statistics;
    }

    @Override
    public long nodeCount() {
        return nodes;
    }

    @Override
    public long nodeCount(String label) {
        return labels.getOrDefault(label, 0L);
    }

    @Override
    public long relationshipCount() {
        return types.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public long relationshipCount(String type) {
        return types.getOrDefault(type, 0L);
    }

    @Override
    public double endShare(String type, String label, Direction end) {
        return ends.getOrDefault(type + " " + label + " " + end, 0.0);
    }

    @Override
    public Set<String> endLabels(String type, Direction end) {
        return labels.keySet().stream()
                .filter(label -> endShare(type, label, end) >= 0.9)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
