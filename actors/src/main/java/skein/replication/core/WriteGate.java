package skein.replication.core;

import java.util.List;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/**
 * Whether a write may be given a place in the log now. The owner of the ledger publishes it, sessions look at it before
 * an lsn is spent: what the modes' rules could not decide is refused while nothing has happened yet.
 */
public sealed interface WriteGate {
    /** Nothing speaks against it. */
    WriteGate OPEN = new Open();

    /** This MAIN's EPOCH record, and with it what was inherited, is not decided yet: a matter of moments. */
    WriteGate OPENING = new Opening();

    record Open() implements WriteGate {}

    record Opening() implements WriteGate {}

    /**
     * Replicas without which nothing can be decided are not in sync.
     *
     * @param absences who is not in sync
     * @param needed how many QUORUM replicas have to confirm; 0 where every STRICT_SYNC replica has to
     * @param joined how many QUORUM replicas could
     */
    record Shut(List<Absence> absences, int needed, int joined) implements WriteGate {
        public Shut {
            absences = List.copyOf(absences);
        }
    }

    /** @param contactNanos its last sign of life; -1 when it never gave one */
    record Absence(ReplicaName replica, ReplicationMode mode, Doubt doubt, long contactNanos) {}
}
