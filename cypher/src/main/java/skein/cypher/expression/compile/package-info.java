/**
 * From a syntax tree to an evaluator: names become slots and tokens, constants are computed once, and each kind of
 * expression becomes a closure of its own. Read {@link skein.cypher.expression.compile.ExpressionCompiler} first.
 *
 * <p>Invariant: evaluators keep no state; the tree has passed the semantic check. Patterns and subqueries are left to
 * the planner.
 */
@NullMarked
package skein.cypher.expression.compile;

import org.jspecify.annotations.NullMarked;
