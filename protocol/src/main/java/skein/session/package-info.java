/**
 * The port between a client connection and the database: who may come in, sessions, cursors, summaries. Read
 * {@link skein.session.QuerySession} first.
 *
 * <p>Invariant: a plain blocking interface, called from virtual threads; declared here, implemented in {@code actors},
 * handed to the frontend by {@code server}. It must not know Bolt, actors or storage.
 */
@NullMarked
package skein.session;

import org.jspecify.annotations.NullMarked;
