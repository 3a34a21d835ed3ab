/**
 * Aggregates: values of many rows made into one. Read {@link skein.cypher.expression.aggregate.Aggregation} first.
 *
 * <p>Invariant: an aggregation is immutable and shared by all runs; an aggregator belongs to one group of one run. Rows
 * are only read. Knows nothing of plans or of how rows are grouped.
 */
@NullMarked
package skein.cypher.expression.aggregate;

import org.jspecify.annotations.NullMarked;
