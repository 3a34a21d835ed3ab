package skein.simulation.raft;

/** Clients of a group, until they are told to end. */
interface RaftWorkload {
    void begin();

    void end();
}
