/**
 * What an expression is at run time, and what it needs from a plan and from a run.
 * {@link skein.cypher.expression.Evaluator} is the type to read first; {@code compile} makes evaluators from syntax
 * trees, and {@code value}, {@code temporal}, {@code operator}, {@code function} and {@code aggregate} are what they
 * do.
 *
 * <p>Invariant: an evaluator is immutable and shared by all runs of a plan; whatever belongs to one run comes through
 * {@link skein.cypher.expression.EvaluationContext}. Clauses, plans and operators are unknown here.
 */
@NullMarked
package skein.cypher.expression;

import org.jspecify.annotations.NullMarked;
