package skein.session;

/** What a query changed, as Bolt's {@code stats} tells it. All counts are from 0. */
public record QueryCounters(
        long nodesCreated,
        long nodesDeleted,
        long relationshipsCreated,
        long relationshipsDeleted,
        long propertiesSet,
        long labelsAdded,
        long labelsRemoved,
        long indexesAdded,
        long indexesRemoved,
        long constraintsAdded,
        long constraintsRemoved,
        long systemUpdates) {
    public static final QueryCounters NONE = new QueryCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** True when data or schema changed. */
    public boolean containsUpdates() {
        return nodesCreated
                        + nodesDeleted
                        + relationshipsCreated
                        + relationshipsDeleted
                        + propertiesSet
                        + labelsAdded
                        + labelsRemoved
                        + indexesAdded
                        + indexesRemoved
                        + constraintsAdded
                        + constraintsRemoved
                > 0;
    }

    /** True when the system database changed. */
    public boolean containsSystemUpdates() {
        return systemUpdates > 0;
    }
}
