/**
 * What Cypher says about values as such: equality, comparison, order, equivalence and the three-valued logic between
 * them. Read {@link skein.cypher.expression.value.Equality} first.
 *
 * <p>Invariant: pure functions of values; nodes, relationships and paths are compared by identity and never looked up.
 * Knows nothing of rows, functions or the graph.
 */
@NullMarked
package skein.cypher.expression.value;

import org.jspecify.annotations.NullMarked;
