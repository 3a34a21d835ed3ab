package skein.simulation.rules;

/** How the members of a cluster hold commits. */
enum Mode {
    STRICT_SYNC,
    QUORUM,
    SYNC;

    /** In SYNC a MAIN goes on without its replicas, with a warning, so that what was applied may be rolled back. */
    boolean neverRollsBack() {
        return this != SYNC;
    }
}
