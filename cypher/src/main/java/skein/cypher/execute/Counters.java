package skein.cypher.execute;

import skein.session.QueryCounters;

/** What a run has changed so far. */
final class Counters {
    long nodesCreated;
    long nodesDeleted;
    long relationshipsCreated;
    long relationshipsDeleted;
    long propertiesSet;
    long labelsAdded;
    long labelsRemoved;
    long indexesAdded;
    long indexesRemoved;
    long constraintsAdded;
    long constraintsRemoved;

    QueryCounters snapshot() {
        return new QueryCounters(
                nodesCreated,
                nodesDeleted,
                relationshipsCreated,
                relationshipsDeleted,
                propertiesSet,
                labelsAdded,
                labelsRemoved,
                indexesAdded,
                indexesRemoved,
                constraintsAdded,
                constraintsRemoved,
                0);
    }
}
