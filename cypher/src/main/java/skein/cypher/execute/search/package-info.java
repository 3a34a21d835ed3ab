/**
 * Searches for paths from one node: depth first, breadth first, by weight, the shortest few. Read
 * {@link skein.cypher.execute.search.PathSearch} first.
 *
 * <p>Invariants: a search finds its paths one at a time and asks {@link skein.cypher.execute.search.Terrain} for
 * everything else, so that it runs over any graph; the same terrain gives the same paths in the same order. Rows, plans
 * and expressions are unknown here.
 */
@NullMarked
package skein.cypher.execute.search;

import org.jspecify.annotations.NullMarked;
