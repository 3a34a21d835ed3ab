package skein.vocabulary;

import java.util.Locale;

/** How long a commit waits for a replica, and what happens when the replica does not answer. */
public enum ReplicationMode {
    /** The commit waits for the replica's acknowledgement; without one it stands, with a warning. */
    SYNC,
    /** The commit does not wait. */
    ASYNC,
    /** The commit happens on all STRICT_SYNC replicas or on none. */
    STRICT_SYNC;

    /** As {@code SHOW REPLICAS} prints it. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }
}
