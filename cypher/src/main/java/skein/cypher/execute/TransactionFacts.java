package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import skein.cypher.plan.PlanFacts;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;
import skein.storage.api.NameKind;

/** The facts that one transaction sees. */
record TransactionFacts(GraphReads graph) implements PlanFacts {
    /** So many relationships of a type are looked at to learn what they connect. */
    private static final int SAMPLE = 64;

    private static final double ABOUT_ALL = 0.9;

    @Override
    public List<List<String>> indexes(IndexKind kind, String labelOrType) {
        List<List<String>> found = new ArrayList<>();
        for (int[] keys : graph.indexedKeys(kind, token(kind, labelOrType))) {
            found.add(names(keys));
        }
        return found;
    }

    /** Asked for at every run of a plan, so without the detour through a stream. */
    private List<String> names(int[] keys) {
        if (keys.length == 1) {
            return List.of(graph.nameOf(NameKind.PROPERTY_KEY, keys[0]));
        }
        List<String> names = new ArrayList<>(keys.length);
        for (int key : keys) {
            names.add(graph.nameOf(NameKind.PROPERTY_KEY, key));
        }
        return names;
    }

    @Override
    public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
        int[] tokens = new int[keys.size()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = graph.tokenOf(NameKind.PROPERTY_KEY, keys.get(i));
        }
        return graph.indexStatistics(kind, token(kind, labelOrType), tokens).orElse(new IndexStatistics(0, 0));
    }

    private int token(IndexKind kind, String labelOrType) {
        NameKind names = kind == IndexKind.RELATIONSHIP ? NameKind.RELATIONSHIP_TYPE : NameKind.LABEL;
        return graph.tokenOf(names, labelOrType);
    }

    @Override
    public long nodeCount() {
        return graph.nodeCount();
    }

    @Override
    public long nodeCount(String label) {
        return graph.nodeCount(graph.tokenOf(NameKind.LABEL, label));
    }

    @Override
    public long relationshipCount() {
        return graph.relationshipCount();
    }

    @Override
    public long relationshipCount(String type) {
        return graph.relationshipCount(graph.tokenOf(NameKind.RELATIONSHIP_TYPE, type));
    }

    @Override
    public double endShare(String type, String label, Direction end) {
        int token = graph.tokenOf(NameKind.LABEL, label);
        long[] ends = sampledEnds(type, end);
        return ends.length == 0
                ? 1
                : (double) Arrays.stream(ends)
                                .filter(node -> graph.hasLabel(node, token))
                                .count()
                        / ends.length;
    }

    @Override
    public Set<String> endLabels(String type, Direction end) {
        Map<Integer, Integer> counts = new TreeMap<>();
        long[] ends = sampledEnds(type, end);
        for (long node : ends) {
            for (int label : graph.labels(node)) {
                counts.merge(label, 1, Integer::sum);
            }
        }
        Set<String> common = new LinkedHashSet<>();
        counts.forEach((label, count) -> {
            if (count >= ABOUT_ALL * ends.length) {
                common.add(graph.nameOf(NameKind.LABEL, label));
            }
        });
        return common;
    }

    private long[] sampledEnds(String type, Direction end) {
        return Arrays.stream(graph.sampleRelationships(graph.tokenOf(NameKind.RELATIONSHIP_TYPE, type), SAMPLE))
                .map(relationship ->
                        end == Direction.OUTGOING ? graph.startOf(relationship) : graph.endOf(relationship))
                .filter(graph::nodeExists)
                .toArray();
    }
}
