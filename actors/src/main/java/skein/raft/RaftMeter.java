package skein.raft;

import skein.protocol.RaftProtocol.Reply;

/** Hears what a member of a Raft group does, for whoever counts it. Called on the actor's thread: must not wait. */
public interface RaftMeter {
    RaftMeter NONE = new RaftMeter() {
        @Override
        public void stood() {}

        @Override
        public void elected() {}

        @Override
        public void concluded(Reply reply, long nanos) {}

        @Override
        public void stored(long nanos) {}

        @Override
        public void standsAt(long term, long lastIndex, long committed, boolean leads) {}
    };

    /** It has asked for votes. */
    void stood();

    /** It leads. */
    void elected();

    /** An entry that was proposed here so long ago has come to this. */
    void concluded(Reply reply, long nanos);

    /** Something was made durable, which took so long. */
    void stored(long nanos);

    /** Where it is now. */
    void standsAt(long term, long lastIndex, long committed, boolean leads);
}
