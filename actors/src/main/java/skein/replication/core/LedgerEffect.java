package skein.replication.core;

import java.util.List;
import skein.vocabulary.ReplicaName;

/** What the {@link CommitLedger} asks for. */
public sealed interface LedgerEffect {
    /** Every record up to here is decided: apply it, and tell the replicas. */
    record Decide(long lsn) implements LedgerEffect {}

    /** Answer the commits of these records: they stand, with these warnings. */
    record Complete(long firstLsn, long lastLsn, List<CommitWarning> warnings) implements LedgerEffect {
        public Complete {
            warnings = List.copyOf(warnings);
        }
    }

    /** Commits wait for this replica from now on. */
    record JoinedSync(ReplicaName replica) implements LedgerEffect {}

    /** Commits no longer wait for this replica, although it is connected, until it has caught up again. */
    record LeftSync(ReplicaName replica) implements LedgerEffect {}

    /** Step with Tick no later than this. Replaces what was asked before. */
    record WakeAt(long nanos) implements LedgerEffect {}
}
