/**
 * The graph in memory: versions of nodes, relationships in columns, adjacency, names, counts, indexes, and the one
 * {@code apply} that changes them. Read {@link skein.storage.graph.GraphStore} and
 * {@link skein.storage.graph.GraphApplier} first.
 *
 * <p>Invariants: one writer (the applier), any number of readers that never wait; what a reader at snapshot S sees was
 * written before S was published and is kept until no active snapshot is as old as S. Nothing here knows transactions
 * in progress, conflicts, files or replication.
 */
@NullMarked
package skein.storage.graph;

import org.jspecify.annotations.NullMarked;
