/**
 * Expressions and values at run time: comparison, equality, order, functions, temporal arithmetic, and the compiler
 * that turns a syntax tree into an {@link skein.cypher.expression.Evaluator}. Read that type first.
 *
 * <p>Invariant: an evaluator is immutable and shared by all runs of a plan; whatever belongs to one run comes through
 * {@link skein.cypher.expression.EvaluationContext}. Clauses, plans and operators are unknown here.
 */
@NullMarked
package skein.cypher.expression;

import org.jspecify.annotations.NullMarked;
