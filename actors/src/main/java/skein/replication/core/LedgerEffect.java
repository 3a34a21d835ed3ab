package skein.replication.core;

import java.util.List;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;

/** What the {@link CommitLedger} asks for. */
public sealed interface LedgerEffect {
    /** Every record up to here is decided: apply it, and tell the replicas. */
    record Decide(long lsn) implements LedgerEffect {}

    /**
     * Answer the commits of these records: they stand, with these warnings.
     *
     * @param acks what each registered replica has said of them until now, in the order of registration
     */
    record Complete(long firstLsn, long lastLsn, List<CommitWarning> warnings, List<ReplicaAck> acks)
            implements LedgerEffect {
        public Complete {
            warnings = List.copyOf(warnings);
            acks = List.copyOf(acks);
        }
    }

    /**
     * Answer the commits of these records: nobody knows. They are in the log and may be decided later, but not by who
     * is in sync now.
     *
     * @param missing the replicas without whose confirmation they are not decided
     */
    record Unknown(long firstLsn, long lastLsn, List<CommitWarning> missing) implements LedgerEffect {
        public Unknown {
            missing = List.copyOf(missing);
        }
    }

    /** From now on decisions depend on this replica, in sync or not, until it is dropped. */
    record Holds(ReplicaName replica) implements LedgerEffect {}

    /** Commits wait for this replica from now on. */
    record JoinedSync(ReplicaName replica) implements LedgerEffect {}

    /** Commits no longer wait for this replica, although it is connected, until it has caught up again. */
    record LeftSync(ReplicaName replica) implements LedgerEffect {}

    /** Step with Tick no later than this. Replaces what was asked before. */
    record WakeAt(long nanos) implements LedgerEffect {}
}
