/**
 * From logical plan to rows: operators that pull rows from one another, and the context of one run. Read
 * {@link skein.cypher.execute.Operator} first, then {@link skein.cypher.execute.PlanCompiler}.
 *
 * <p>Invariants: operators are immutable and shared by all runs of a plan, cursors belong to one run; all cursors of a
 * run share one row, each writing only its own slots, and an operator that keeps rows copies the slots that are live.
 */
@NullMarked
package skein.cypher.execute;

import org.jspecify.annotations.NullMarked;
