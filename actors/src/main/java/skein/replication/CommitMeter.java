package skein.replication;

import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicaName;

/**
 * Hears how long commits take and who has caught up, for whoever counts. Called where commits pass: must not wait.
 * Thread-safe.
 */
public interface CommitMeter {
    CommitMeter NONE = new CommitMeter() {
        @Override
        public void answered(long nanos) {}

        @Override
        public void decided(long nanos) {}

        @Override
        public void acknowledged(ReplicaAck ack) {}

        @Override
        public void caughtUp(ReplicaName replica, boolean whole) {}
    };

    /** A commit was answered, so long after it got its place in the log. */
    void answered(long nanos);

    /** Records were decided, so long after they were durable on this MAIN. */
    void decided(long nanos);

    /** A replica has confirmed records that were answered. */
    void acknowledged(ReplicaAck ack);

    /**
     * A replica has ended to catch up on a database.
     *
     * @param whole it has everything; otherwise the connection was lost before, or it turned out to have diverged
     */
    void caughtUp(ReplicaName replica, boolean whole);
}
