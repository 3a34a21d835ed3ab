/**
 * The one way instances talk: connections that carry {@link skein.protocol.WireMessage}s in order, with bounded queues
 * on both sides. Read {@link skein.link.Link} first.
 *
 * <p>Invariant: nothing here knows roles, logs or databases; a connection is addressed by the very socket address that
 * a user typed.
 */
@NullMarked
package skein.link;

import org.jspecify.annotations.NullMarked;
