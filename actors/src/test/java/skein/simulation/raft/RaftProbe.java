package skein.simulation.raft;

/** Rare places of a run; a build that never comes to one of them has not tested what it claims to. */
enum RaftProbe {
    ELECTED,
    DEPOSED,
    ENTRIES_REPLACED,
    UNSYNCED_LOST,
    EVENTS_TORN,
    STATE_TAKEN,
    STATE_INSTALLED,
    MEMBER_ADDED,
    MEMBER_REMOVED,
    CHANGE_REFUSED,
    HANDED_OVER,
    STRANGER_REFUSED,
    WRITE_COMMITTED,
    WRITE_UNKNOWN,
    WRITE_REFUSED,
    READ_ANSWERED,
    READ_REFUSED,
    SEVEN_VOTERS,
    RUN_WITHOUT_FAULTS
}
