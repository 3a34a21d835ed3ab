/**
 * The process: the command line and, below it, the wiring of one instance. Start reading at {@link skein.server.Main}.
 *
 * <p>This is the only module that sees every other one. It holds no protocol and no decision: those live in the rooms
 * it connects.
 */
@NullMarked
package skein.server;

import org.jspecify.annotations.NullMarked;
