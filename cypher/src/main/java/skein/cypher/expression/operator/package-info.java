/**
 * What the operators of the language do to values: arithmetic and concatenation, lists and slices, string predicates
 * and regular expressions. Read {@link skein.cypher.expression.operator.Arithmetic} first.
 *
 * <p>Invariant: pure functions of values. Knows nothing of rows, syntax trees or the graph.
 */
@NullMarked
package skein.cypher.expression.operator;

import org.jspecify.annotations.NullMarked;
