package skein.hostile;

/** A way to mean harm, with how many connections, and how many lives a second these have together. */
enum AttackKind {
    HALF_OPEN("5,000 half-open", 5_000, 0, Attacks::halfOpen),
    DRIP("500 that drip", 500, 0, Attacks::drip),
    RESETS("16 floods of RESET", 16, 0, Attacks::resets),
    DECLARED_SIZES("sizes of 2^31 from 16", 16, 0, Attacks::declaredSizes),
    WRONG_LOGINS("1,000 wrong logins a second from 200", 200, 1_000, Attacks::wrongLogin);

    private final String title;
    private final int connections;
    private final int livesPerSecond;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Flood.Attack attack;

    AttackKind(String title, int connections, int livesPerSecond, Flood.Attack attack) {
        this.title = title;
        this.connections = connections;
        this.livesPerSecond = livesPerSecond;
        this.attack = attack;
    }

    String title() {
        return title;
    }

    int connections() {
        return connections;
    }

    /** 0: as many as there can be. */
    int livesPerSecond() {
        return livesPerSecond;
    }

    Flood.Attack attack() {
        return attack;
    }
}
