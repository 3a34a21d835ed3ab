/**
 * What lies between a socket's bytes and Bolt's bytes: TLS, WebSocket frames, both or nothing, told apart by the first
 * byte of a connection so that all share one port. Read {@link skein.bolt.transport.Sniffer} first.
 *
 * <p>Invariants: an unencrypted connection goes no further where TLS is required; certificates that cannot be used
 * never replace ones that can; a browser's page is served only when its origin is allowed. Knows nothing of Bolt beyond
 * its first byte.
 */
@NullMarked
package skein.bolt.transport;

import org.jspecify.annotations.NullMarked;
