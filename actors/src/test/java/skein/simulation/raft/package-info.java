/**
 * The shipped Raft core in the simulated world: groups form, change, are written to and read from, while everything
 * breaks. Read {@link skein.simulation.raft.RaftRun} first, then {@code RaftTruth}, which says what must hold.
 *
 * <p>Invariant: as in {@link skein.simulation}, the same seed gives the same run in every JVM.
 */
@NullMarked
package skein.simulation.raft;

import org.jspecify.annotations.NullMarked;
