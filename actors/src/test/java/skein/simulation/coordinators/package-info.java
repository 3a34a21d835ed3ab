/**
 * Coordinators in the simulated world: the shipped cores of Raft and of coordination, and their shipped lines, with a
 * journal in memory. Read {@link skein.simulation.coordinators.CoordinatorServer} first.
 *
 * <p>Invariant: servers decide nothing that a shipped core decides; {@link skein.simulation.coordinators.ClusterTruth}
 * sees all of them and changes nothing. Knows nothing of how data instances are simulated.
 */
@NullMarked
package skein.simulation.coordinators;

import org.jspecify.annotations.NullMarked;
