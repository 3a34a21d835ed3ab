/**
 * The shells around the replication cores: one {@link skein.replication.DatabaseActor} per database, one
 * {@code ReplicaStream} per replica and database, and what sessions use to commit. Read {@code DatabaseActor} first.
 *
 * <p>Invariant: every decision is made in {@code skein.replication.core}; here inputs are gathered and effects carried
 * out in the order given. A database has one owner at a time, its actor.
 */
@NullMarked
package skein.replication;

import org.jspecify.annotations.NullMarked;
