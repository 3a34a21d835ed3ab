package skein.simulation.rules;

/** How the members of a cluster hold commits. */
enum Mode {
    STRICT_SYNC(0),
    QUORUM(1),
    SYNC(2);

    /** So that one seed is another run in each mode. */
    final long salt;

    Mode(long salt) {
        this.salt = salt;
    }

    /** In SYNC a MAIN goes on without its replicas, with a warning, so that what was applied may be rolled back. */
    boolean neverRollsBack() {
        return this != SYNC;
    }
}
