package skein.cypher.execute;

import skein.cypher.plan.PlanFacts;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;

/** The facts that one transaction sees. */
record TransactionFacts(GraphReads graph) implements PlanFacts {
    @Override
    public boolean hasIndex(String label, String propertyKey) {
        return graph.hasIndex(graph.tokenOf(NameKind.LABEL, label), graph.tokenOf(NameKind.PROPERTY_KEY, propertyKey));
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
