package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import skein.cypher.plan.PlanFacts;
import skein.storage.api.GraphReads;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;
import skein.storage.api.NameKind;

/** The facts that one transaction sees. */
record TransactionFacts(GraphReads graph) implements PlanFacts {
    @Override
    public List<List<String>> indexes(IndexKind kind, String labelOrType) {
        List<List<String>> found = new ArrayList<>();
        for (int[] keys : graph.indexedKeys(kind, token(kind, labelOrType))) {
            found.add(Arrays.stream(keys)
                    .mapToObj(key -> graph.nameOf(NameKind.PROPERTY_KEY, key))
                    .toList());
        }
        return found;
    }

    @Override
    public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
        int[] tokens = keys.stream()
                .mapToInt(key -> graph.tokenOf(NameKind.PROPERTY_KEY, key))
                .toArray();
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
}
