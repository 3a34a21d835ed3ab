/**
 * From syntax tree to logical plan: which operators answer a query, in which order, and in which slots of a row their
 * values stand. Read {@link skein.cypher.plan.LogicalPlan} first, then {@link skein.cypher.plan.QueryPlanner}.
 *
 * <p>Invariants: a slot is written by one operator only, so that a row is a plain array that all operators share; every
 * clause sees the graph as the clause before left it, for all rows, which
 * {@link skein.cypher.plan.LogicalPlan.Accumulate} barriers enforce. Nothing here runs a plan or knows how one is run.
 */
@NullMarked
package skein.cypher.plan;

import org.jspecify.annotations.NullMarked;
