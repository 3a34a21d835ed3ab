package skein.simulation.rules;

/** What a MAIN knows of one replica. */
final class Follower {
    final int member;
    final boolean async;
    /** Asked to become a member; gets everything from the moment the record that names it is in the log. */
    boolean learner;

    long connection;
    boolean matched;
    /** The last record sent. */
    long sent;
    /** Durable there, as far as this connection has said. */
    long acked;

    long ackedEnd;
    boolean inSync;
    long connectedAt = Long.MIN_VALUE / 2;
    long heardAt;
    long progressAt;
    long spokeAt;
    long toldDecided;

    Follower(int member, boolean async, boolean learner) {
        this.member = member;
        this.async = async;
        this.learner = learner;
    }

    boolean isReady(long now, long silenceMax) {
        return matched && now - heardAt < silenceMax;
    }
}
