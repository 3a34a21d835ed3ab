/**
 * Bolt's messages as types: what a client asks, what it is answered, and how both look in bytes for each version. Read
 * {@link skein.bolt.message.BoltRequest} and {@link skein.bolt.message.BoltVersion} first.
 *
 * <p>Invariant: immutable; knows which fields a message has, not what may be asked when: that is
 * {@code skein.bolt.core}'s.
 */
@NullMarked
package skein.bolt.message;

import org.jspecify.annotations.NullMarked;
