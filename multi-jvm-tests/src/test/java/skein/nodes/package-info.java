/**
 * Real instances in real processes for tests: start, ready, kill, stop. Read {@link skein.nodes.NodeProcess} first.
 *
 * <p>Invariant: instances are known from outside only: flags, ready lines, Bolt and signals.
 */
@NullMarked
package skein.nodes;

import org.jspecify.annotations.NullMarked;
