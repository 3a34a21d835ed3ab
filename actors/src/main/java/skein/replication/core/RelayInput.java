package skein.replication.core;

/** What a {@link RelayCore} hears. */
public sealed interface RelayInput {
    /** Everything up to here is decided and durable here: it may be passed on, and applied. */
    record Released(long lsn) implements RelayInput {}

    /** About the replicas of this one: Registered, Dropped, Ready, Acked, Lost or Tick. */
    record Below(LedgerInput input) implements RelayInput {}

    /**
     * The log was cut, or is another one, or was decided by a promotion: up to here it is applied. Nothing waits for a
     * replica before it has caught up again.
     */
    record Anew(long appliedLsn) implements RelayInput {}
}
