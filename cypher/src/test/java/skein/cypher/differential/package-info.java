/**
 * Random queries on random graphs, answered by the engine and by {@link skein.naive.NaiveRun}: a seed for each, made
 * smaller when the two differ. Read {@link skein.cypher.differential.Differential} first, then {@code RandomQueries}.
 *
 * <p>Invariant: a seed is the same graph, the same query and the same parameters in every process; who answers is known
 * only as a {@link skein.cypher.differential.Subject}.
 */
@NullMarked
package skein.cypher.differential;

import org.jspecify.annotations.NullMarked;
