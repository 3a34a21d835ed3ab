package skein.bolt.message;

import java.util.Optional;
import skein.bolt.packstream.Dialect;

/**
 * A version of Bolt that is spoken here, oldest first. Everything that differs between versions asks one of these
 * methods, so a new version is a new constant and, where it brings something, a new method.
 */
public enum BoltVersion {
    V4_1(4, 1),
    V4_3(4, 3),
    V4_4(4, 4),
    V5_0(5, 0),
    V5_1(5, 1),
    V5_2(5, 2),
    V5_3(5, 3),
    V5_4(5, 4),
    V5_6(5, 6),
    V5_7(5, 7),
    V5_8(5, 8);

    private final int major;
    private final int minor;

    BoltVersion(int major, int minor) {
        this.major = major;
        this.minor = minor;
    }

    public static Optional<BoltVersion> of(int major, int minor) {
        for (BoltVersion version : values()) {
            if (version.major == major && version.minor == minor) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    public int major() {
        return major;
    }

    public int minor() {
        return minor;
    }

    private boolean since(BoltVersion first) {
        return compareTo(first) >= 0;
    }

    /** ROUTE, hints in HELLO's answer, and NOOPs from the server. */
    public boolean hasRoute() {
        return since(V4_3);
    }

    public boolean hasHints() {
        return since(V4_3);
    }

    /** The server may send an empty chunk whenever it likes. */
    public boolean hasServerNoop() {
        return since(V4_3);
    }

    /** The third field of ROUTE is a map; before, it was the name of a database. */
    public boolean routesByMap() {
        return since(V4_4);
    }

    public boolean hasUpdateFlags() {
        return since(V4_4);
    }

    /** A client may ask in HELLO for times in UTC. */
    public boolean hasUtcPatch() {
        return this == V4_3 || this == V4_4;
    }

    /** LOGON and LOGOFF; before, HELLO carried the credentials. */
    public boolean hasLogon() {
        return since(V5_1);
    }

    /** Notifications carry a category and may be filtered. */
    public boolean hasNotificationFilter() {
        return since(V5_2);
    }

    public boolean hasTelemetry() {
        return since(V5_4);
    }

    /**
     * What a result has to say comes as statuses of the GQL standard, and classifications take the place of categories.
     */
    public boolean hasStatuses() {
        return since(V5_6);
    }

    /** Failures carry a status of the GQL standard and a diagnostic record. */
    public boolean hasGqlFailures() {
        return since(V5_7);
    }

    /** Clients are told which database they work in when they named none, and where they are after LOGON. */
    public boolean tellsHome() {
        return since(V5_8);
    }

    /** @param utcPatch what HELLO agreed; without meaning from 5.0 on */
    public Dialect dialect(boolean utcPatch) {
        if (since(V5_0)) {
            return Dialect.ELEMENT_IDS;
        }
        return utcPatch ? Dialect.LEGACY_UTC : Dialect.LEGACY;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
