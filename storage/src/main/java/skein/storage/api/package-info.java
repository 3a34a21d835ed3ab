/**
 * What a query may ask of one database: transactions over a property graph. The only package of this module that
 * {@code cypher} sees. Read {@link skein.storage.api.GraphTransaction} first.
 *
 * <p>Invariant: interfaces and plain values only; nothing here tells how the graph is stored.
 */
@NullMarked
package skein.storage.api;

import org.jspecify.annotations.NullMarked;
