/**
 * Bolt on sockets: Netty moves the bytes, {@code skein.bolt.core} decides, a virtual thread per connection does what
 * may block. Read {@link skein.bolt.net.BoltServer} first, then {@link skein.bolt.net.ConnectionHandler}.
 *
 * <p>Invariants: a connection's state is touched on its event loop only, its query session on its own thread only, save
 * for interrupting; every buffer, count and wait has a limit from {@link skein.bolt.net.BoltSettings}; a connection
 * that breaks the protocol ends alone. The only package of this module that opens sockets; it must not know actors.
 */
@NullMarked
package skein.bolt.net;

import org.jspecify.annotations.NullMarked;
