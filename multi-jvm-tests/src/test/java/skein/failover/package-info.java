/**
 * Clusters with coordinators as processes, and what goes wrong with them: ends, standstills and partitions, while
 * clients on {@code neo4j://} write and read. Read {@link skein.failover.CoordinatedStage} first.
 *
 * <p>Invariants: what clients were told is compared with what every instance shows in the end; a wait ends by what is
 * waited for, never by time alone. Knows the cluster by its statements and its signals only.
 */
@NullMarked
package skein.failover;

import org.jspecify.annotations.NullMarked;
