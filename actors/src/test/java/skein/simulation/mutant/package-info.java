/**
 * The bugs planted in the cores of replication and roles, in {@code src/test/mutants}: the simulation must find each.
 * How that is done is {@code skein.mutant}'s; read {@link skein.simulation.mutant.MutantsTest} first.
 *
 * <p>Invariant: production code has no switch for any of this, and the tree is not changed.
 */
@NullMarked
package skein.simulation.mutant;

import org.jspecify.annotations.NullMarked;
