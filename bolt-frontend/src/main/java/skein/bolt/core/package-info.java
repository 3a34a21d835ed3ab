/**
 * What a Bolt connection decides: the handshake and the state machine, as pure steps. Read
 * {@link skein.bolt.core.BoltConnection} first, then {@link skein.bolt.core.Phase}.
 *
 * <p>Invariants: every request but GOODBYE is answered exactly once and in order; at most one job runs at a time; a
 * RESET overtakes everything and always leads back to READY. Knows no sockets, threads, clocks or queries: time and
 * results come in as inputs, work goes out as effects.
 */
@NullMarked
package skein.bolt.core;

import org.jspecify.annotations.NullMarked;
