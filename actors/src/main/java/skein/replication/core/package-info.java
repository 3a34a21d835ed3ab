/**
 * The decisions of replication as pure functions: when a commit stands ({@link skein.replication.core.CommitLedger},
 * read it first), how a replica is brought up to date ({@link skein.replication.core.StreamCore}), what a replica
 * accepts ({@link skein.replication.core.FollowerCore}).
 *
 * <p>Invariants: every core is {@code step(state, input, now) -> state + effects}; time comes in as nanoseconds since
 * the owner started and only rises. Nothing here knows actors, threads, clocks, files or sockets.
 */
@NullMarked
package skein.replication.core;

import org.jspecify.annotations.NullMarked;
