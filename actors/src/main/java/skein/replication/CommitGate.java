package skein.replication;

import skein.replication.core.CommitLedger;
import skein.replication.core.WriteGate;

/**
 * What a ledger says to a write that has no place in the log yet.
 *
 * @param modes whether it could be decided
 * @param confirmable whether every replica is in sync whose mode says that it should be, and there is one
 */
record CommitGate(WriteGate modes, boolean confirmable) {
    static CommitGate of(CommitLedger ledger) {
        return new CommitGate(ledger.gate(), ledger.isConfirmable());
    }
}
