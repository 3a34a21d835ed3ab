/**
 * A world in which instances live by a seed: one thread, one random source, virtual time, a network and hosts that
 * fail. Read {@link skein.simulation.World} first, then {@link skein.simulation.SimulatedNetwork}; what lives in it is
 * in the packages below.
 *
 * <p>Invariant: the same seed gives the same run, in every JVM. So nothing here looks at a clock, iterates over what
 * has no order, or uses a thread of its own.
 */
@NullMarked
package skein.simulation;

import org.jspecify.annotations.NullMarked;
