package skein.replication.core;

/** Why a SYNC replica did not confirm a commit. */
public enum Doubt {
    /** When the commit came, the replica was not connected or had not caught up. */
    NOT_IN_SYNC,
    /** The connection ended while the commit waited. */
    CONNECTION_LOST,
    /** The replica stayed silent, or made no progress, for the time that its rule allows. */
    TIMED_OUT,
    /** The replica holds records of its own that this MAIN does not have. */
    DIVERGED
}
