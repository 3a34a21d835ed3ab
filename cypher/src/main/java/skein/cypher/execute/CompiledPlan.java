package skein.cypher.execute;

import skein.cypher.expression.NameTable;

/**
 * A plan that can run. Immutable and shared by all runs.
 *
 * @param columns where the values of a result row stand, in order
 * @param slotCount length of a row
 * @param names what the plan's expressions speak of
 */
record CompiledPlan(Operator root, int[] columns, int slotCount, NameTable names) {}
