package skein.replication.core;

import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * A commit stands although this replica has not confirmed it.
 *
 * @param waitedMillis how long the commit waited for it since MAIN's own log was durable
 * @param silentMillis time since the replica's last sign of life; -1 when it never gave one
 */
public record CommitWarning(
        ReplicaName replica, ReplicationMode mode, Doubt doubt, long waitedMillis, long silentMillis) {}
