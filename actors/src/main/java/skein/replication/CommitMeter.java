package skein.replication;

import skein.vocabulary.ReplicaAck;

/** Hears how long commits take, for whoever counts. Called where commits pass: must not wait. Thread-safe. */
public interface CommitMeter {
    CommitMeter NONE = new CommitMeter() {
        @Override
        public void answered(long nanos) {}

        @Override
        public void decided(long nanos) {}

        @Override
        public void acknowledged(ReplicaAck ack) {}
    };

    /** A commit was answered, so long after it got its place in the log. */
    void answered(long nanos);

    /** Records were decided, so long after they were durable on this MAIN. */
    void decided(long nanos);

    /** A replica has confirmed records that were answered. */
    void acknowledged(ReplicaAck ack);
}
