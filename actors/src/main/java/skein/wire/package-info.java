/**
 * Kryo for everything that leaves the process: messages between instances and events of the role journal. Read
 * {@link skein.wire.WireCodec} first; {@code Registrations} holds the ids.
 *
 * <p>Invariant: only registered classes, under fixed ids that are never reused; a declared length never allocates more
 * than the bytes that came. Knows nothing of sockets and actors.
 */
@NullMarked
package skein.wire;

import org.jspecify.annotations.NullMarked;
