/**
 * Dates, times and durations as Cypher has them: reading and writing their text, building them from maps, truncating,
 * taking them apart and calculating with them. Read {@link skein.cypher.expression.temporal.TemporalType} first.
 *
 * <p>Invariant: pure functions; the present moment is always an argument. Where a time zone is needed and none was
 * given, it is UTC. Knows nothing of rows, functions or the graph.
 */
@NullMarked
package skein.cypher.expression.temporal;

import org.jspecify.annotations.NullMarked;
