/**
 * How long a cluster with coordinators takes no writes: after the end of its MAIN, during a switchover, after the end
 * of the coordinators' leader, and under full load. Read {@link skein.benchmarks.failover.FailoverMain} first.
 *
 * <p>Invariants: times are those of clients with drivers, from outside; every write has an id of its own and is looked
 * for afterwards on every instance. Knows the cluster by its statements, its logs and its signals only.
 */
@NullMarked
package skein.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
