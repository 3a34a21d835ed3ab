/**
 * What coordinators decide, as pure functions: who is registered, who is MAIN, when somebody else has to be. Read
 * {@link skein.coordination.core.CoordinatorCore} first, then the state that Raft replicates,
 * {@link skein.coordination.core.ClusterState}.
 *
 * <p>Invariants: whatever an instance is told has been committed by a majority before; reigns are numbered without gaps
 * and at most one is not ended; nobody is appointed who may lack what the last opened reign has acknowledged; nobody is
 * appointed while another may still take writes. Nothing here knows actors, threads, clocks, files or sockets, nor how
 * Raft works.
 */
@NullMarked
package skein.coordination.core;

import org.jspecify.annotations.NullMarked;
