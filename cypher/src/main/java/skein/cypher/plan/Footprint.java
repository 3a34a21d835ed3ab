package skein.cypher.plan;

/**
 * The part of a graph that something reads or writes.
 *
 * @param nodes labels by which nodes are looked for, or which appearing and vanishing nodes have; {@link #ANY_NODE}
 *     stands for looking at all nodes
 * @param relationships types of relationships walked, made or removed
 * @param properties keys read or set
 * @param labels labels tested, added or removed on known nodes
 */
record Footprint(NameSet nodes, NameSet relationships, NameSet properties, NameSet labels) {
    static final String ANY_NODE = "*";
    static final Footprint NONE = new Footprint(NameSet.NONE, NameSet.NONE, NameSet.NONE, NameSet.NONE);
    static final Footprint ALL = new Footprint(NameSet.ALL, NameSet.ALL, NameSet.ALL, NameSet.ALL);

    /** All that belongs to an entity at hand: its properties and labels. */
    static final Footprint CONTENT = new Footprint(NameSet.NONE, NameSet.NONE, NameSet.ALL, NameSet.ALL);

    static Footprint ofNodes(NameSet nodes) {
        return new Footprint(nodes, NameSet.NONE, NameSet.NONE, NameSet.NONE);
    }

    static Footprint ofRelationships(NameSet types) {
        return new Footprint(NameSet.NONE, types, NameSet.NONE, NameSet.NONE);
    }

    static Footprint ofProperties(NameSet keys) {
        return new Footprint(NameSet.NONE, NameSet.NONE, keys, NameSet.NONE);
    }

    static Footprint ofLabels(NameSet labels) {
        return new Footprint(NameSet.NONE, NameSet.NONE, NameSet.NONE, labels);
    }

    Footprint and(Footprint other) {
        return new Footprint(
                nodes.and(other.nodes),
                relationships.and(other.relationships),
                properties.and(other.properties),
                labels.and(other.labels));
    }

    boolean overlaps(Footprint other) {
        return nodes.overlaps(other.nodes)
                || relationships.overlaps(other.relationships)
                || properties.overlaps(other.properties)
                || labels.overlaps(other.labels);
    }

    /**
     * True when it matters which of two changes comes last. What is made beside something else that is made does not
     * disturb it; what deletes ({@link #ALL}) disturbs every other change.
     */
    boolean undoneBy(Footprint later) {
        return properties.overlaps(later.properties)
                || labels.overlaps(later.labels)
                || later.equals(ALL) && !isEmpty();
    }

    boolean isEmpty() {
        return nodes.isEmpty() && relationships.isEmpty() && properties.isEmpty() && labels.isEmpty();
    }
}
