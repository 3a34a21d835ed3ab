/**
 * Instances as child processes of this one: for the demo, for benchmarks, and for tests with many JVMs. Read
 * {@link skein.server.child.InstanceProcess} first.
 *
 * <p>Invariant: a child is known from outside only: flags, its ready line and signals; only processes that were started
 * here are ever ended.
 */
@NullMarked
package skein.server.child;

import org.jspecify.annotations.NullMarked;
