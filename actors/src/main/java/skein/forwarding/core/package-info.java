/**
 * The decisions about forwarded transactions as pure functions: what may be asked on a line when
 * ({@link skein.forwarding.core.LineState}, read it first), how many lines a MAIN keeps ready
 * ({@link skein.forwarding.core.LinePlan}), how large a message may be ({@link skein.forwarding.core.Weight}).
 *
 * <p>Nothing here knows actors, threads, clocks or sockets.
 */
@NullMarked
package skein.forwarding.core;

import org.jspecify.annotations.NullMarked;
