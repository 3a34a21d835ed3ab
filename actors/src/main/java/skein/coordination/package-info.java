/**
 * Coordinators: they agree by Raft on who is what, tell data instances so, and fail over by themselves. Read
 * {@link skein.coordination.Coordinator} first; every decision is in {@link skein.coordination.core}.
 *
 * <p>Invariants: one actor owns the core and performs its effects in their order; only a leader has lines to instances;
 * whoever asks is answered once. Nothing here knows how Raft elects or commits, nor what an instance does to be what it
 * is told.
 */
@NullMarked
package skein.coordination;

import org.jspecify.annotations.NullMarked;
