/**
 * The values of the property-graph model as queries, properties and results use them. Read {@link skein.graph.Value}
 * first.
 *
 * <p>Invariant: immutable, compared by content; knows nothing of storage, transactions or wire formats. Cypher's own
 * notions of equality and order live in {@code skein.cypher.expression}, not in {@code equals}.
 */
@NullMarked
package skein.graph;

import org.jspecify.annotations.NullMarked;
