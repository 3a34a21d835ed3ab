/**
 * The openCypher TCK over Bolt against a real server, with the runner that the query engine's own tests use.
 * {@link skein.tck.bolt.OpenCypherTckTest} runs it; {@code opencypher-failing.txt} lists what fails and may only
 * shrink.
 */
@NullMarked
package skein.tck.bolt;

import org.jspecify.annotations.NullMarked;
