/**
 * What replication costs a commit, in every mode, beside PostgreSQL with its standbys in the same run: one small insert
 * a transaction, durable everywhere it says so. Read {@link skein.benchmarks.replication.ReplicationMain} first.
 *
 * <p>Invariant: all processes of one side and its client share this machine, and the other side rests meanwhile; both
 * flush before they acknowledge. Knows both sides from outside only.
 */
@NullMarked
package skein.benchmarks.replication;

import org.jspecify.annotations.NullMarked;
