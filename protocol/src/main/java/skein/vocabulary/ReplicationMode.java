package skein.vocabulary;

import java.util.Locale;

/** How long a commit waits for a replica, and what happens when the replica does not answer. */
public enum ReplicationMode {
    /** The commit waits for the replica's acknowledgement; without one it stands, with a warning. */
    SYNC,
    /** The commit does not wait. */
    ASYNC,
    /** Nothing is committed that not every STRICT_SYNC replica holds. */
    STRICT_SYNC,
    /** Nothing is committed that not k of the QUORUM replicas hold. */
    QUORUM;

    /** False when replicas of the two modes cannot follow the same MAIN: their promises would contradict each other. */
    public boolean goesWith(ReplicationMode other) {
        return this == other || this == ASYNC || other == ASYNC;
    }

    /** True when decisions depend on such a replica from its first catch-up until it is dropped, in sync or not. */
    public boolean joins() {
        return this == STRICT_SYNC || this == QUORUM;
    }

    /** As {@code SHOW REPLICAS} prints it. */
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }
}
