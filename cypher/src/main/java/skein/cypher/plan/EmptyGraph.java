package skein.cypher.plan;

import java.util.List;
import java.util.Set;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/** The facts of a graph with nothing in it. */
record EmptyGraph() implements PlanFacts {
    @Override
    public List<List<String>> indexes(IndexKind kind, String labelOrType) {
        return List.of();
    }

    @Override
    public IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys) {
        return new IndexStatistics(0, 0);
    }

    @Override
    public long nodeCount() {
        return 0;
    }

    @Override
    public long nodeCount(String label) {
        return 0;
    }

    @Override
    public long relationshipCount() {
        return 0;
    }

    @Override
    public long relationshipCount(String type) {
        return 0;
    }

    @Override
    public double endShare(String type, String label, Direction end) {
        return 1;
    }

    @Override
    public Set<String> endLabels(String type, Direction end) {
        return Set.of();
    }
}
