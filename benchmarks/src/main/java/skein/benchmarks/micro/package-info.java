/**
 * JMH measurements of the storage engine's hot paths: point read by index, one-hop expansion, apply. Read
 * {@link skein.benchmarks.micro.PointRead} first.
 *
 * <p>Invariants: the graph is the one of {@code skein.benchmarks.engine}, read through the interface that queries use;
 * every figure is per entity, so that {@code -prof gc} tells bytes for each. Nothing here knows sessions or queries.
 */
@NullMarked
package skein.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
