/**
 * A graph as the statements that make it again. Read {@link skein.cypher.execute.dump.DumpText} first.
 *
 * <p>Invariants: statements come one at a time and in the same order for the same graph; run one by one in a new
 * database they give the same nodes and relationships under the same ids, and the same names, indexes and constraints.
 * Knows the graph only as a transaction shows it; plans and rows are unknown here.
 */
@NullMarked
package skein.cypher.execute.dump;

import org.jspecify.annotations.NullMarked;
