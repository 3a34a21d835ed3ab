/**
 * What actors say to one another: one sealed message file per public actor. Read
 * {@link skein.protocol.InstanceRoleProtocol} first.
 *
 * <p>Invariant: messages are immutable records of sealed interfaces; the only package of this module that knows
 * {@code ActorRef}.
 */
@NullMarked
package skein.protocol;

import org.jspecify.annotations.NullMarked;
