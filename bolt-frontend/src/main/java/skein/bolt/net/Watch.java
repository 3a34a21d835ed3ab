package skein.bolt.net;

/**
 * How long one connection has been waiting for what. Used by its event loop only; all times are
 * {@link System#nanoTime}'s.
 */
final class Watch {
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final BoltSettings.Timeouts timeouts;
    private long messageSince = NOT_WAITING;
    private long writingSince = NOT_WAITING;
    private long lastSent;

    Watch(BoltSettings.Timeouts timeouts, long now) {
        this.timeouts = timeouts;
        this.lastSent = now;
    }

    /** @param completed whether a message has come to its end since the last call */
    void received(boolean withinMessage, boolean completed, long now) {
        messageSince = withinMessage ? completed ? now : since(messageSince, now) : NOT_WAITING;
    }

    /** Nothing is read for a while, so nothing can be late. */
    void readingPaused() {
        messageSince = NOT_WAITING;
    }

    void sent(long now) {
        lastSent = now;
        writingSince = NOT_WAITING;
    }

    void writing(boolean unsent, long now) {
        writingSince = unsent ? since(writingSince, now) : NOT_WAITING;
    }

    private static long since(long before, long now) {
        return before == NOT_WAITING ? now : before;
    }

    boolean isMessageLate(long now) {
        return isPast(messageSince, timeouts.message().toNanos(), now);
    }

    boolean isPeerNotReading(long now) {
        return isPast(writingSince, timeouts.write().toNanos(), now);
    }

    /** At a third of what a client was promised, so that a late check still is in time. */
    boolean isSignOfLifeDue(long now) {
        return now - lastSent >= timeouts.keepAlive().toNanos() / 3;
    }

    private static boolean isPast(long since, long nanos, long now) {
        return since != NOT_WAITING && now - since > nanos;
    }
}
