/**
 * The process: command line, start, wiring, stop. {@link skein.server.Main} is where a process begins,
 * {@link skein.server.Node} is one running instance. Read {@code Node} first.
 *
 * <p>Invariant: the only package that sees every module; it connects them and decides nothing about data.
 */
@NullMarked
package skein.server;

import org.jspecify.annotations.NullMarked;
