package skein.replication.core;

/** What a SYNC commit waits for; setting {@code replication.sync-ack}. */
public enum SyncAck {
    /** The replica has fsynced the record. */
    DURABLE,
    /** The replica shows the record to readers too. */
    APPLIED
}
