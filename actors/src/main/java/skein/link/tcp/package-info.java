/**
 * The link over TCP: Netty, frames of at most 1 MiB, Kryo inside. Read {@link skein.link.tcp.TcpLink} first.
 *
 * <p>Invariant: the only package of this module that opens sockets; what a peer sends is bounded before it is kept.
 */
@NullMarked
package skein.link.tcp;

import org.jspecify.annotations.NullMarked;
