/**
 * Writes that reach a REPLICA carried out on its MAIN: lines between the two, one forwarded transaction at a time on
 * each. Read {@link skein.forwarding.ForwardedWrites} first, then {@code CarrierLine} (the MAIN's end) and
 * {@code ForwarderLine} (the replica's).
 *
 * <p>Invariants: a request is sent once or not at all; a line that is lost takes its transaction with it; what waits on
 * a line is bounded. Knows nothing of roles and logs: who may offer lines, and to whom, the role says.
 */
@NullMarked
package skein.forwarding;

import org.jspecify.annotations.NullMarked;
