package skein.replication.core;

/**
 * What coordinators allow a MAIN to do with its clients' writes. It ends by itself: whoever looks says what time it is.
 *
 * @param takes whether writes may be given a place in the log
 * @param leaseEndNanos until when nobody else can be MAIN
 * @param restricted what becomes of writes after that: true to take those that every replica confirms that is to, false
 *     to take none
 * @param words why none are taken, for people: a sentence of what this MAIN is or does
 */
public record WriteGrant(boolean takes, long leaseEndNanos, boolean restricted, String words) {
    /** What may be done at a moment. */
    public enum Leave {
        /** As the modes of the replicas say. */
        FREE,
        /** Nothing is acknowledged that not every replica has confirmed whose mode says that it should. */
        CONFIRMED_ONLY,
        NONE
    }

    /** Of a MAIN that no coordinators oversee. */
    public static WriteGrant unlimited() {
        return new WriteGrant(true, Long.MAX_VALUE, false, "");
    }

    public static WriteGrant leased(long leaseEndNanos, boolean restricted) {
        return new WriteGrant(true, leaseEndNanos, restricted, "");
    }

    /** What is under way is answered as the lease allows. */
    public static WriteGrant withheld(long leaseEndNanos, String words) {
        return new WriteGrant(false, leaseEndNanos, false, words);
    }

    /** For a write that has no place in the log yet. */
    public Leave leave(long nowNanos) {
        if (!takes) {
            return Leave.NONE;
        }
        if (nowNanos < leaseEndNanos) {
            return Leave.FREE;
        }
        return restricted ? Leave.CONFIRMED_ONLY : Leave.NONE;
    }

    /** Whether a commit may be acknowledged now that some replica has not confirmed. */
    public boolean answersUnconfirmed(long nowNanos) {
        return nowNanos < leaseEndNanos;
    }
}
