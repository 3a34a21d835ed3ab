package skein.vocabulary;

/**
 * What a replica had said of a commit when the commit was answered.
 *
 * @param acknowledged whether it had confirmed the record, in the sense of {@code replication-sync-ack}
 * @param micros from the moment the record was durable on the MAIN until the replica had confirmed it and all before,
 *     at most; 0 when the replica was first, or had not confirmed
 */
public record ReplicaAck(ReplicaName replica, ReplicationMode mode, boolean acknowledged, long micros) {}
