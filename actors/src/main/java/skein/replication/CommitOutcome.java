package skein.replication;

import java.util.List;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaAck;

/** What the client of a commit may conclude. What did not happen at all is an exception instead. */
public sealed interface CommitOutcome {
    /** Decided by the rule of every replica's mode. */
    record Committed(long lsn, List<Notification> notifications, List<ReplicaAck> acks) implements CommitOutcome {
        public Committed {
            notifications = List.copyOf(notifications);
            acks = List.copyOf(acks);
        }
    }

    /** May or may not have happened; never reported as a failure. */
    record Unknown(String reason) implements CommitOutcome {}
}
