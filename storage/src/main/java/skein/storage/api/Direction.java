package skein.storage.api;

/** As seen from the node that is asked. */
public enum Direction {
    OUTGOING,
    INCOMING,
    BOTH;

    public Direction reversed() {
        return switch (this) {
            case OUTGOING -> INCOMING;
            case INCOMING -> OUTGOING;
            case BOTH -> BOTH;
        };
    }
}
