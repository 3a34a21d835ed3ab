package skein.bolt.net;

/**
 * How long one connection has been waiting for what. Used by its event loop only; all times are
 * {@link System#nanoTime}'s.
 */
final class Watch {
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final BoltSettings.Timeouts timeouts;
    private final BoltSettings.MessageRate rate;
    private long messageSince = NOT_WAITING;
    private long messageBytes;
    private long writingSince = NOT_WAITING;
    private long lastSent;

    Watch(BoltSettings.Timeouts timeouts, BoltSettings.MessageRate rate, long now) {
        this.timeouts = timeouts;
        this.rate = rate;
        this.lastSent = now;
    }

    /**
     * @param bytes since the last call
     * @param completed whether a message has come to its end since the last call
     */
    void received(int bytes, boolean withinMessage, boolean completed, long now) {
        boolean begins = completed || messageSince == NOT_WAITING;
        messageBytes = begins ? bytes : messageBytes + bytes;
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
        return isPast(messageSince, timeouts.message().toNanos(), now) || isMessageSlow(now);
    }

    private boolean isMessageSlow(long now) {
        return isPast(messageSince, rate.after().toNanos(), now)
                && (double) messageBytes * NANOS_PER_SECOND < (double) rate.bytesPerSecondMin() * (now - messageSince);
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
