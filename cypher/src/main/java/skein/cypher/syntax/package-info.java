/**
 * Query text to syntax tree: {@link skein.cypher.syntax.CypherParser} reads text, {@link skein.cypher.syntax.Statement}
 * is what it answers. The grammar covers openCypher 9 and the admin statements of every dialect Skein speaks.
 *
 * <p>Invariant: immutable trees compared by content, positions aside; knows nothing of graphs, plans or engines, so the
 * Bolt frontend may use it alone.
 */
@NullMarked
package skein.cypher.syntax;

import org.jspecify.annotations.NullMarked;
