/**
 * The shipped cores ({@code RoleCore}, {@code CommitLedger}, {@code StreamCore}, {@code FollowerCore}) in bulk: light
 * nodes that carry out their effects over a log in memory, in the simulated world. Read
 * {@link skein.simulation.cores.CoreRun} first, then {@link skein.simulation.cores.CoreNode}.
 *
 * <p>Invariant: nodes decide nothing that a shipped core decides; operators and clients see only what real ones see,
 * except for {@link skein.simulation.cores.Truth}, which sees everything and changes nothing.
 */
@NullMarked
package skein.simulation.cores;

import org.jspecify.annotations.NullMarked;
