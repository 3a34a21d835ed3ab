/**
 * The shipped actors with the real storage engine, in real actor systems that live in the simulated world: every thread
 * of theirs is a virtual one that runs when the world says so, on one platform thread. Read
 * {@link skein.simulation.actors.ActorRun} first, then {@link skein.simulation.actors.SimulatedProcess}.
 *
 * <p>Invariant: nothing here knows what is inside an instance; it is started, told and asked as an operator and a
 * client would, and its files are looked at by nobody else. Runs only in a JVM with
 * {@link skein.simulation.actors.ActorSimulation#options} and {@link skein.simulation.actors.SeededRandomness}.
 */
@NullMarked
package skein.simulation.actors;

import org.jspecify.annotations.NullMarked;
