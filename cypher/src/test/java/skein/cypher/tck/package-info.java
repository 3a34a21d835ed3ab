/**
 * The openCypher TCK in this process, straight against the engine and a storage transaction: seconds instead of a
 * server. Read {@link skein.cypher.tck.OpenCypherTckTest} first.
 */
@NullMarked
package skein.cypher.tck;

import org.jspecify.annotations.NullMarked;
