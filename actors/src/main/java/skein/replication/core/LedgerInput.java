package skein.replication.core;

import skein.vocabulary.ReplicaName;

/** What the {@link CommitLedger} hears. */
public sealed interface LedgerInput {
    /** MAIN's own log is durable up to here. */
    record Fsynced(long lsn) implements LedgerInput {}

    /**
     * A replica was registered; it is not in sync until Ready.
     *
     * @param holds STRICT_SYNC and QUORUM: it has joined before, so decisions depend on it at once
     */
    record Registered(ReplicaName replica, AckRule rule, boolean holds) implements LedgerInput {}

    /** A replica was dropped; nothing waits for it any longer. */
    record Dropped(ReplicaName replica) implements LedgerInput {}

    /** A replica has caught up on its connection: from now on commits wait for it, if its mode says so. */
    record Ready(ReplicaName replica, long durableLsn, long appliedLsn) implements LedgerInput {}

    /** How far a replica has come on its connection; also every answer to a heartbeat. */
    record Acked(ReplicaName replica, long durableLsn, long appliedLsn) implements LedgerInput {}

    /** A replica's connection has ended, or never was: no acknowledgement is to come. */
    record Lost(ReplicaName replica, Doubt doubt) implements LedgerInput {}

    /** Time has passed. */
    record Tick() implements LedgerInput {}
}
