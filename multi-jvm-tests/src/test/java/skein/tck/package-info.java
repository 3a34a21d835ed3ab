/**
 * The openCypher TCK over Bolt against a real server. {@link skein.tck.OpenCypherTckTest} runs it;
 * {@code opencypher-failing.txt} lists what fails and may only shrink.
 */
@NullMarked
package skein.tck;

import org.jspecify.annotations.NullMarked;
